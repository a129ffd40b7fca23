package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.SyncMode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The modes that copy all rows. */
@Timeout(180)
class CopyModesTest {

  /** What no cursor can see: rows that went, and values that changed in silence. */
  @Test
  void aReplacementBringsWhatNoCursorSees() {
    Line line = Bench.shared().line("stamped_by: application", "lateness: 0s");
    line.write("first", 1, 2, 3);
    line.sync();
    line.atSource("DELETE FROM public.%s WHERE id = 1");
    line.atSource("UPDATE public.%s SET v = 'in silence' WHERE id = 2");
    line.sync();
    assertThat(line.differences()).containsExactly("1", "2");
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    line.write("after", 3, 4);
    line.sync();
    assertThat(
            line.rows(
                "SELECT low_reason FROM control.sync_runs WHERE table_name = '%s' AND seq = 4"))
        .as("the increment goes on after the copy")
        .containsExactly("STATE");
    assertThat(line.differences()).isEmpty();
  }

  /** Whatever a person has declared of the target outlives it. */
  @Test
  void aReplacementKeepsTheTable() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.sync();
    String created = created(line);
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(created(line)).isEqualTo(created);
  }

  @Test
  void aReplacementByNothingEmptiesTheTarget() {
    Line line = Bench.shared().line();
    line.write("first", 1, 2);
    line.sync();
    line.atSource("DELETE FROM public.%s");
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(line.rows("SELECT id FROM target.%s")).isEmpty();
  }

  /** After its commit, before anybody was told. */
  @Test
  void aReplacementThatIsInterruptedIsFinishedOnce() {
    Line line = Bench.shared().line();
    line.write("first", 1, 2, 3);
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    line.write("second", 2);
    line.atSource("DELETE FROM public.%s WHERE id = 3");
    line.request(SyncMode.REPLACE, RunOptions.NONE);
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.afterMerge(Moment.DEATH)));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    assertThat(line.merged()).containsExactly("1", "2");
  }

  @Test
  void aTableWithoutKeyAndCursorIsCopied() {
    Line line = withoutKey("mode: replace");
    line.atSource("INSERT INTO public.%s VALUES (1, 'twice'), (1, 'twice'), (NULL, NULL)");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT v FROM target.%s ORDER BY v"))
        .containsExactly("null", "twice", "twice");
    line.atSource("DELETE FROM public.%s WHERE id = 1");
    line.sync();
    assertThat(line.rows("SELECT v FROM target.%s")).containsExactly("null");
    assertThatThrownBy(() -> line.sync(SyncMode.INCREMENTAL, RunOptions.NONE))
        .hasMessageContaining("has no key");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.KEY_MISSING);
  }

  @Test
  void aCopyIsAddedOncePerRun() {
    Line line = withoutKey("mode: append");
    line.atSource("INSERT INTO public.%s VALUES (1, 'first')");
    line.sync();
    line.atSource("UPDATE public.%s SET v = 'second'");
    line.request();
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.afterMerge(Moment.DEATH)));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT v FROM target.%s ORDER BY _uploaded_at"))
        .containsExactly("first", "second");
    assertThat(line.rows("SELECT COUNT(DISTINCT _uploaded_at) FROM target.%s"))
        .containsExactly("2");
  }

  /** A copy says nothing about the increments that a request may ask for. */
  @Test
  void anAppendedCopyLeavesTheWatermarkAlone() {
    Line line = Bench.shared().line("stamped_by: application", "lateness: 0s");
    line.write("first", 1);
    line.sync();
    List<String> before = line.rows("SELECT next_low FROM control.state__%s");
    line.write("second", 2);
    line.sync(SyncMode.APPEND, RunOptions.NONE);
    assertThat(line.rows("SELECT next_low FROM control.state__%s")).isEqualTo(before);
  }

  /** Else a row that moves between two slices would be in the copy twice, or never. */
  @Test
  void aCopyIsReadInOneSnapshotUnlessNobodyMinds() {
    assertThat(slices(withKey("mode: replace", "slice_rows: 100"))).containsExactly("0");
    assertThat(slices(withKey("mode: replace", "slice_rows: 100", "fuzzy: true"))).hasSize(3);
  }

  /** From a condition that is still to be read to one that has been: no increment follows. */
  @Test
  void aRowThatMovesBetweenTheConditionsOfACopyIsThere() {
    Line line =
        Bench.shared()
            .line(
                "mode: replace",
                "fuzzy: true",
                "slice_rows: 100",
                "parallel_slices: 1",
                "slices: [v <> 'moved', v = 'moved']");
    line.atSource(
        "INSERT INTO public.%s SELECT i, 'moved' FROM generate_series(1, 300) AS i",
        "ANALYZE public.%s");
    line.request();
    line.deliver(
        line.instance()
            .store(Moment.afterObject("slices/0/outcome.json", () -> line.write("first", 7))));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT id FROM target.%s WHERE id = 7")).containsExactly("7");
  }

  private static List<String> slices(Line line) {
    line.atSource("INSERT INTO public.%s SELECT i, i FROM generate_series(1, 300) AS i");
    line.atSource("ANALYZE public.%s");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    return line.visible().get(0);
  }

  private static Line withoutKey(String... settings) {
    return without("", settings);
  }

  private static Line withKey(String... settings) {
    return without(" PRIMARY KEY", settings);
  }

  private static Line without(String key, String... settings) {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run("CREATE TABLE public.%s (id int%s, v text)".formatted(name, key));
    return bench.copied(name, settings);
  }

  private static String created(Line line) {
    return line.bench
        .clients
        .bigQuery()
        .getTable("target", line.table)
        .getCreationTime()
        .toString();
  }
}
