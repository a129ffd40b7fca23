package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A source that is another one when its rows are read than when the run was planned. */
@Timeout(180)
class SourceChangeTest {
  @Test
  void aColumnThatComesAfterThePlan() {
    Line line = filled();
    assertRefused(
        line,
        Moment.afterObject("plan.json", () -> line.atSource("ALTER TABLE public.%s ADD more int")),
        ErrorCode.SOURCE_CHANGED,
        "the columns of");
  }

  /** Its members are part of the plan's expressions, and the column's own type keeps its name. */
  @Test
  void aCompositeTypeThatGetsAMemberAfterThePlan() {
    Line line = filled();
    line.atSource("CREATE TYPE public.%s_part AS (a int, b money)");
    line.atSource("ALTER TABLE public.%1$s ADD part public.%1$s_part[]");
    assertRefused(
        line,
        Moment.afterObject(
            "plan.json", () -> line.atSource("ALTER TYPE public.%s_part ADD ATTRIBUTE c int")),
        ErrorCode.SOURCE_CHANGED,
        "the columns of");
  }

  @Test
  void aTableThatIsRewrittenAfterThePlan() {
    Line line = filled();
    assertRefused(
        line,
        Moment.afterObject("plan.json", () -> line.atSource("VACUUM FULL public.%s")),
        ErrorCode.SOURCE_CHANGED,
        "was truncated, rewritten or lost a partition");
  }

  /**
   * It cannot be locked: the COPY waits for the refresh, and its older snapshot sees no row of the
   * new file.
   */
  @Test
  void aMaterializedViewThatIsRefreshedBeforeItsCopy() {
    Line line = filled();
    line.atSource("CREATE MATERIALIZED VIEW public.%1$s_seen AS SELECT * FROM public.%1$s");
    Line seen =
        line.bench.over(
            line.table,
            "source: public." + line.table + "_seen",
            "key: [id]",
            "assume_unique: true");
    assertRefused(
        seen,
        Moment.afterObject("plan.json", () -> refreshOnceSomebodyWaits(seen)),
        ErrorCode.SOURCE_CHANGED,
        "was truncated, rewritten or lost a partition");
  }

  @Test
  void conditionsThatLeaveRowsOut() {
    Line line = Bench.shared().line("slice_rows: 100", "slices: [id % 3 = 0, id % 3 = 1]");
    fill(line);
    assertRefused(
        line, store -> store, ErrorCode.SLICES_INVALID, "100 rows satisfy none of the conditions");
  }

  /** Nothing says who stamps the rows of a view. */
  @Test
  void aStrictTableThatOnlyItsLatenessBounds() {
    Line line = filled();
    line.atSource("CREATE VIEW public.%1$s_seen AS SELECT * FROM public.%1$s");
    Line strict =
        line.bench.over(
            line.table,
            "source: public." + line.table + "_seen",
            "key: [id]",
            "assume_unique: true",
            "strict: true");
    assertRefused(strict, store -> store, ErrorCode.BOUND_UNKNOWN, "is strict");
  }

  /** The run fails, its end says why, and nothing of it is visible. */
  private static void assertRefused(
      Line line, UnaryOperator<ControlStore> moment, ErrorCode code, String words) {
    line.request();
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class, () -> line.deliver(line.instance().store(moment)));
    assertThat(failure).isNotNull().hasMessageContaining(words);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    assertThat(line.end().errorCode()).isEqualTo(code);
    assertThat(line.isStaged(1)).isFalse();
  }

  private static void refreshOnceSomebodyWaits(Line line) {
    try {
      Connection session = line.bench.postgres.admin();
      session.setAutoCommit(false);
      try (Statement sql = session.createStatement()) {
        sql.execute("REFRESH MATERIALIZED VIEW public.%s_seen".formatted(line.table));
      }
      new Thread(() -> commitOnceSomebodyWaits(line, session)).start();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void commitOnceSomebodyWaits(Line line, Connection refreshing) {
    String waiting =
        "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'public.%s_seen'::regclass"
            .formatted(line.table);
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (refreshing) {
      while (line.bench.postgres.column(waiting).contains("0") && System.nanoTime() < deadline) {
        Thread.onSpinWait();
      }
      refreshing.commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Line filled() {
    Line line = Bench.shared().line();
    fill(line);
    return line;
  }

  private static void fill(Line line) {
    line.atSource("INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n");
    line.atSource("ANALYZE public.%s");
  }
}
