package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.SyncMode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows between two ends that somebody names. */
@Timeout(180)
class WindowTest {
  private static final RunOptions JANUARY = RunOptions.between("2026-01-01", "2026-02-01");

  @Test
  void onlyItsRowsAreReadAndTheWatermarkStays() {
    Line line = Bench.shared().line("stamped_by: application", "lateness: 0s");
    stamp(line, 1, "2025-12-31 23:59:59.999999+00");
    stamp(line, 2, "2026-01-01 00:00:00+00");
    stamp(line, 3, "2026-01-31 23:59:59.999999+00");
    stamp(line, 4, "2026-02-01 00:00:00+00");
    line.sync(SyncMode.WINDOW, JANUARY);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT id FROM target.%s ORDER BY id")).containsExactly("2", "3");
    assertThat(line.rows("SELECT next_low FROM control.state__%s")).containsExactly("null");
    line.sync();
    assertThat(line.differences()).as("an increment still reads everything").isEmpty();
  }

  /** Also after an instance died, and beside somebody who writes. */
  @Test
  void askedTwiceItBringsTheSame() {
    Line line = Bench.shared().line("stamped_by: application", "lateness: 0s");
    stamp(line, 1, "2026-01-05 00:00:00+00");
    line.sync();
    List<String> before = line.rows("SELECT next_low FROM control.state__%s");
    line.bench.postgres.run("UPDATE public.%s SET v = 'silent'".formatted(line.table));
    line.request(SyncMode.WINDOW, JANUARY);
    line.deliverAgainAfterDeath(
        line.instance()
            .warehouse(
                Moment.afterMerge(
                    () -> {
                      stamp(line, 2, "2026-01-06 00:00:00+00");
                      Moment.DEATH.run();
                    })));
    assertThat(line.differences()).containsExactly("2");
    line.sync(SyncMode.WINDOW, JANUARY);
    assertThat(line.differences()).isEmpty();
    line.sync(SyncMode.WINDOW, JANUARY);
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    assertThat(line.rows("SELECT next_low FROM control.state__%s")).isEqualTo(before);
  }

  @Test
  void theLastWhileIsAWindowToo() {
    Line line = Bench.shared().line("mode: window", "window: 2h");
    line.bench.postgres.run(
        "INSERT INTO public.%s VALUES (1, 'old', now() - interval '3 h'), (2, 'new', now() - interval '1 h')"
            .formatted(line.table));
    line.sync();
    assertThat(line.rows("SELECT id FROM target.%s")).containsExactly("2");
    line.sync(SyncMode.WINDOW, RunOptions.last(Duration.ofHours(4)));
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void aWindowWithoutRowsIsRefused() {
    Line line = Bench.shared().line();
    RunOptions backwards = RunOptions.between("2026-02-01", "2026-01-01");
    assertThatThrownBy(() -> line.sync(SyncMode.WINDOW, backwards))
        .hasMessageContaining("'from' must be before 'to'");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.MESSAGE_INVALID);
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
  }

  @Test
  void aTableWithoutCursorHasNoWindow() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run("CREATE TABLE public.%s (id int PRIMARY KEY, v text)".formatted(name));
    Line line = bench.copied(name, "mode: replace");
    assertThatThrownBy(() -> line.sync(SyncMode.WINDOW, JANUARY))
        .hasMessageContaining("has no cursor");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.CURSOR_INVALID);
  }

  /** A window fills a gap, and its rows say nothing of those that are still missing. */
  @Test
  void itHidesNoRowsThatAreGone() {
    Line line = Bench.shared().line("stamped_by: application", "lateness: 0s");
    line.atSource(
        "INSERT INTO public.%s VALUES (1, 'a', '2026-01-01'), (2, 'b', '2026-02-01'),"
            + " (3, 'c', '2026-03-01')");
    line.sync();
    line.bench.warehouse.runScript(
        "truncate_" + line.table, Statement.of("TRUNCATE TABLE target." + line.table));
    line.sync(SyncMode.WINDOW, RunOptions.between("2026-01-15", "2026-02-15"));
    assertThat(line.rows("SELECT id FROM target.%s")).containsExactly("2");
    line.sync();
    assertThat(line.differences()).isEmpty();
    assertThat(line.landed.lastReason()).isEqualTo("NO_WATERMARK");
  }

  @Test
  void aColumnThatTheSourceHasLostIsNullInItsRows() {
    Line line = Bench.shared().line("mode: window", "window: 2d");
    line.atSource("ALTER TABLE public.%s ADD w text DEFAULT 'old'");
    line.write("a", 1);
    line.sync();
    line.atSource("ALTER TABLE public.%s DROP w");
    line.write("b", 1);
    line.sync();
    assertThat(line.rows("SELECT v FROM target.%s")).containsExactly("b");
    assertThat(line.rows("SELECT w FROM target.%s")).containsExactly("null");
  }

  /** The window has values for its own rows alone. */
  @Test
  void aColumnThatCameWithItIsStillToBeFilled() {
    Line line = Bench.shared().line("on_new_column: backfill", "lateness: 0s");
    stamp(line, 1, "2026-01-05 00:00:00+00");
    stamp(line, 2, "2026-02-05 00:00:00+00");
    line.sync();
    line.atSource("ALTER TABLE public.%s ADD w text DEFAULT 'new'");
    line.sync(SyncMode.WINDOW, JANUARY);
    assertThat(line.rows("SELECT id FROM target.%s WHERE w = 'new'")).containsExactly("1");
    line.sync();
    assertThat(line.rows("SELECT id FROM target.%s WHERE w = 'new' ORDER BY id"))
        .containsExactly("1", "2");
  }

  private static void stamp(Line line, int id, String stamp) {
    line.bench.postgres.run(
        "INSERT INTO public.%s VALUES (%d, 'v%d', '%s')".formatted(line.table, id, id, stamp));
  }
}
