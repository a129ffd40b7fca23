package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Two attempts at one slice, of which one is slow, or was taken for dead. */
@Timeout(180)
class SliceRaceTest {
  /** What lies between the zombie and the bucket. */
  private interface Rule {
    UnaryOperator<ControlStore> on(Line line);
  }

  private static final Rule ON = line -> UnaryOperator.identity();
  private static final Rule OFF = RuleOff::createOnly;

  private static final String OUTCOME = "slices/0/outcome.json";
  private static final int ROWS = 40;

  /** An attempt with this budget reads for a second, and slow rows take longer. */
  private static final String SHORT = "2s";

  @BeforeAll
  static void makeRowsSlow() {
    Bench.shared()
        .postgres
        .run(
            "CREATE TABLE public.pace (slow boolean)",
            "INSERT INTO public.pace VALUES (false)",
            """
            CREATE FUNCTION public.linger() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
            BEGIN
              IF current_query() LIKE 'COPY%' AND (SELECT slow FROM public.pace) THEN
                PERFORM pg_sleep(0.05);
              END IF;
              RETURN true;
            END $$""");
  }

  /** Whoever was too slow wants to cut the slice, and finds it read. */
  @Test
  void aReceiptThatIsThereBeforeTheSplit() {
    Line line = lingering();
    slow(true);
    Instance late =
        line.instance()
            .budget(SHORT)
            .store(
                Moment.beforeObject(
                    OUTCOME,
                    () -> {
                      slow(false);
                      line.request("request-1");
                      line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
                    }));
    line.request();
    late.take(line.bus.next(Bus.To.EXTRACTOR));
    line.deliver(line.instance());
    assertThat(line.visible()).containsExactly(List.of("0"));
    assertMergedOnce(line);
  }

  /** Whoever has read the slice was taken for dead, and finds it cut. */
  @Test
  void aSplitThatIsThereBeforeTheReceipt() {
    Line with = cutMeanwhile(ON);
    assertThat(with.visible()).containsExactly(List.of("0.0", "0.1"));
    assertMergedOnce(with);
    Line without = cutMeanwhile(OFF);
    assertThat(without.visible())
        .as("the whole and its halves")
        .containsExactlyInAnyOrder(List.of("0.0", "0.1"), List.of("0"));
  }

  private static Line cutMeanwhile(Rule rule) {
    Line line = lingering();
    Instance zombie =
        line.instance()
            .store(rule.on(line))
            .store(
                Moment.beforeObject(
                    OUTCOME,
                    () -> {
                      endSessions();
                      slow(true);
                      line.request("request-1");
                      line.instance().budget(SHORT).take(line.bus.next(Bus.To.EXTRACTOR));
                      slow(false);
                      untilLoaded(line);
                    }));
    return awake(line, zombie);
  }

  /** Whoever has read the slice was taken for dead, and finds it read by another. */
  @Test
  void aZombieThatWakesUpAfterItsSliceWasRedone() {
    Line with = redoneMeanwhile(ON);
    assertThat(with.manifests).hasSize(1);
    assertMergedOnce(with);
    Line without = redoneMeanwhile(OFF);
    assertThat(without.manifests).as("the zombie's parts are visible too").hasSize(2);
  }

  private static Line redoneMeanwhile(Rule rule) {
    Line line = lingering();
    Instance zombie =
        line.instance()
            .store(rule.on(line))
            .store(
                Moment.beforeObject(
                    OUTCOME,
                    () -> {
                      endSessions();
                      line.request("request-1");
                      untilLoaded(line);
                    }));
    return awake(line, zombie);
  }

  /** Others deliver everything, but for the merge. */
  private static void untilLoaded(Line line) {
    Instance other = line.instance();
    while (!line.isLoaded()) {
      other.take(line.bus.poll().orElseThrow());
    }
  }

  private static Line awake(Line line, Instance zombie) {
    line.request("request-1");
    zombie.take(line.bus.next(Bus.To.EXTRACTOR));
    try {
      // What the zombie told came later than what the others had told.
      line.deliverLastFirst(line.instance());
    } catch (DeltaferryException refused) {
      assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    }
    return line;
  }

  private static void assertMergedOnce(Line line) {
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT rows_extracted FROM control.sync_runs WHERE table_name = '%s'"))
        .containsExactly(Integer.toString(ROWS));
    assertThat(line.differences()).isEmpty();
  }

  private static Line lingering() {
    Line rows = Bench.shared().line();
    rows.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, %d) n"
            .formatted(rows.table, ROWS));
    return rows.bench.over(
        rows.table,
        "query: SELECT * FROM public.%s WHERE public.linger()".formatted(rows.table),
        "key: [id]",
        "stamped_by: database");
  }

  private static void slow(boolean slow) {
    Bench.shared().postgres.run("UPDATE public.pace SET slow = " + slow);
  }

  /** As when the server has lost whoever holds them, and their locks are free. */
  private static void endSessions() {
    Bench.shared()
        .postgres
        .run(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
                + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
  }
}
