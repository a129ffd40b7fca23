package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.bigquery.Table;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.TrialReport;
import io.deltaferry.table.SyncMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A trial says what a run would do, and leaves nothing but that. */
@Timeout(180)
class TrialTest {

  @Test
  void aNewTableIsTriedAndNothingIsThereAfterwards() {
    Line line = Bench.shared().line();
    line.write("first", 1, 2, 3);
    line.sync(SyncMode.TEST, RunOptions.rows(2));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    TrialReport report = report(line, 1);
    assertThat(report.rows()).isEqualTo(2);
    assertThat(report.target()).isEqualTo("would be created");
    assertThat(tables(line)).as("tables that the trial left").isEmpty();
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void aTrialOfAFuzzyTableReadsNoMoreThanItSays() {
    Line line = Bench.shared().line("fuzzy: true", "slice_rows: 100");
    line.atSource(
        "INSERT INTO public.%s SELECT i, 'x' FROM generate_series(1, 500) AS i",
        "ANALYZE public.%s");
    line.sync(SyncMode.TEST, RunOptions.rows(50));
    assertThat(line.end().rows()).as("%s", line.end()).isEqualTo(50);
  }

  @Test
  void whatWouldBecomeOfTheTargetIsSaidAndNotDone() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.sync();
    List<String> before = tables(line);
    line.atSource("ALTER TABLE public.%s ADD COLUMN note text");
    line.sync(SyncMode.TEST, RunOptions.NONE);
    assertThat(report(line, 2).target()).isEqualTo("add note STRING");
    assertThat(
            line.rows(
                "SELECT column_name FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s'"))
        .doesNotContain("note");
    assertThat(tables(line)).isEqualTo(before);
    assertThat(line.rows("SELECT seq FROM control.state__%s")).containsExactly("1");
    line.sync();
    assertThat(report(line, 2).scannedBytes()).isNull();
    line.sync(SyncMode.TEST, RunOptions.NONE);
    assertThat(report(line, 4).target()).isEqualTo("takes them as it is");
    assertThat(report(line, 4).scannedBytes()).isNotNull();
  }

  @Test
  void valuesForWhichARunWouldFailAreCounted() {
    Line line =
        Bench.shared()
            .line("conversions: {happened: fail, seen: clamp}", "stamped_by: application");
    line.atSource("ALTER TABLE public.%s ADD COLUMN happened date, ADD COLUMN seen date");
    line.atSource(
        "INSERT INTO public.%s VALUES (1, 'a', now(), 'infinity', 'infinity'), (2, 'b', now(),"
            + " '2026-01-01', '-infinity'), (3, 'c', now(), '-infinity', NULL)");
    assertThatThrownBy(() -> line.sync(SyncMode.TEST, RunOptions.NONE))
        .hasMessageContaining("happened: a run would fail for 2 values");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.TRIAL_FAILED);
    TrialReport report = report(line, 1);
    assertThat(report.refused()).isEqualTo(Map.of("happened", 2L));
    assertThat(report.changed()).isEqualTo(Map.of("seen", 2L));
    assertThat(tables(line)).isEmpty();
  }

  @Test
  void aKeyThatIsNoneIsFound() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        "CREATE TABLE public.%s (id int, v text, updated_at timestamptz)".formatted(name),
        "INSERT INTO public.%s VALUES (1, 'a', now()), (1, 'b', now())".formatted(name));
    Line line = bench.copied(name, "cursor: updated_at", "key: [id]", "assume_unique: true");
    assertThatThrownBy(() -> line.sync(SyncMode.TEST, RunOptions.NONE))
        .hasMessageContaining("1 keys stand more than once; (id) identifies no row");
  }

  /** Told of twice, and killed before it had told. */
  @Test
  void aTrialThatIsInterruptedIsFinished() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.request(SyncMode.TEST, RunOptions.NONE);
    line.deliverAgainAfterDeath(
        line.instance().store(Moment.afterObject("trial.json", Moment.DEATH)));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(tables(line)).isEmpty();
  }

  /** Nobody else knows that it ended: its temp table is left, and goes by itself. */
  @Test
  void aTrialThatIsAbandonedLeavesATempTableThatExpires() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.request(SyncMode.TEST, RunOptions.NONE);
    Instance dying = line.instance().store(Moment.beforeObject("trial.json", Moment.DEATH));
    assertThatThrownBy(() -> line.deliver(dying)).isInstanceOf(Moment.Death.class);
    line.bench.clock.forward(Duration.ofHours(2));
    line.sync(SyncMode.TEST, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(tables(line)).containsExactly(line.table + "__1");
    Table left = line.bench.clients.bigQuery().getTable("staging", line.table + "__1");
    assertThat(Instant.ofEpochMilli(left.getExpirationTime()))
        .isBefore(line.bench.clock.instant().plus(Duration.ofDays(8)));
    line.sync();
    assertThat(line.differences()).isEmpty();
    assertThat(line.landed.lastReason()).isEqualTo("NO_TARGET");
  }

  /** It wakes up when another has had its turn, and takes its own temp table with it. */
  @Test
  void aTrialThatIsSupersededLeavesNothing() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.request(SyncMode.TEST, RunOptions.NONE);
    Runnable overtaken =
        () -> {
          line.bench.clock.forward(Duration.ofHours(2));
          line.write("second", 2);
          line.sync();
        };
    line.deliver(line.instance().store(Moment.beforeObject("trial.json", overtaken)));
    assertThat(line.answers("request-1"))
        .extracting(SyncCompleted::outcome)
        .containsOnly(SyncOutcome.SUPERSEDED);
    assertThat(tables(line)).containsExactly(line.table, "state__" + line.table);
    assertThat(line.merged()).containsExactly("2");
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void aTableThatWouldBeBuiltAnewIsNoFailure() {
    Line line = Bench.shared().line();
    line.atSource("ALTER TABLE public.%s ADD n int");
    line.write("a", 1);
    line.sync();
    line.atSource("ALTER TABLE public.%s ALTER n TYPE text USING 'x'");
    line.sync(SyncMode.TEST, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(report(line, 2).target()).startsWith("a new table would take its place: n");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
  }

  private static TrialReport report(Line line, long seq) {
    String name = ObjectNames.trial(line.run(seq));
    byte[] text = line.bench.storage.readAllBytes(Bench.BUCKET, name);
    return RunJson.read(name, new String(text, StandardCharsets.UTF_8), TrialReport.class);
  }

  /** Of this table, in all three datasets. */
  private static List<String> tables(Line line) {
    return List.of("target", "staging", "control").stream()
        .flatMap(
            dataset ->
                line
                    .rows(
                        "SELECT table_name FROM %s.INFORMATION_SCHEMA.TABLES WHERE table_name LIKE '%%%%%%s%%%%'"
                            .formatted(dataset))
                    .stream())
        .filter(name -> name.matches("(.*__)?" + line.table + "(__.*)?"))
        .toList();
  }
}
