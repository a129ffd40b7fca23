package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.SyncMode;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that the source has lost. */
@Timeout(180)
class ReconcileTest {
  private static final RunOptions ANY = RunOptions.deleting(MaxDeletes.parse("100%"));

  @Test
  void aRowThatTheSourceHasLostIsMarked() {
    Line line = twenty();
    List<String> watermark = line.rows("SELECT next_low FROM control.state__%s");
    line.atSource("DELETE FROM public.%s WHERE id IN (3, 4)");
    line.sync();
    assertThat(line.differences()).as("no cursor sees it").containsExactly("3", "4");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted AND _deleted_at > _uploaded_at"))
        .containsExactlyInAnyOrder("3", "4");
    assertThat(counts(line)).isEqualTo("20 compared, 2 deleted, 0 revived, 0 missing, 2 merged");
    assertThat(line.rows("SELECT next_low FROM control.state__%s")).isEqualTo(watermark);
  }

  @Test
  void askedTwiceItFindsNothingMore() {
    Line line = twenty();
    line.atSource("DELETE FROM public.%s WHERE id = 3");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(counts(line)).isEqualTo("19 compared, 0 deleted, 0 revived, 0 missing, 0 merged");
  }

  /** An increment brings it, a window too; where no cursor tells of it, the next reconciliation. */
  @Test
  void aRowThatIsBackIsAliveAgain() {
    Line line = twenty();
    line.atSource("DELETE FROM public.%s WHERE id IN (3, 4)");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    line.write("back", 3);
    line.atSource("INSERT INTO public.%s VALUES (4, 'first', '2020-01-01')");
    line.sync();
    assertThat(line.differencesOfAlive()).containsExactly("4");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(counts(line)).isEqualTo("19 compared, 0 deleted, 1 revived, 0 missing, 1 merged");
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted_at IS NOT NULL")).isEmpty();
  }

  /** The increment reads it each time, and the newest delta is what it was before it went. */
  @Test
  void aRowThatIsBackAsItWasIsAliveAgain() {
    Line line = twenty();
    line.sync();
    line.atSource(
        "CREATE TABLE public.%1$s_kept AS SELECT * FROM public.%1$s WHERE id = 3",
        "DELETE FROM public.%s WHERE id = 3");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted")).containsExactly("3");
    line.atSource("INSERT INTO public.%1$s SELECT * FROM public.%1$s_kept");
    line.sync();
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted")).isEmpty();
  }

  @Test
  void aHardDeletionTakesTheRow() {
    Line line = twenty("reconcile: {deletes: hard, max_deletes: 3}");
    line.atSource("DELETE FROM public.%s WHERE id IN (3, 4, 5)");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.differences()).isEmpty();
    assertThat(counts(line)).isEqualTo("20 compared, 3 deleted, 0 revived, 0 missing, 3 merged");
    line.atSource("INSERT INTO public.%s VALUES (4, 'silent', '2020-01-01')");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(counts(line))
        .as("only a copy brings a row that no cursor tells of")
        .isEqualTo("17 compared, 0 deleted, 0 revived, 1 missing, 0 merged");
  }

  /** Where nothing is marked, the source may mean something else by these columns. */
  @Test
  void aHardDeletionLeavesTheSourcesOwnMarksAlone() {
    Line line = Bench.shared().line("reconcile: {deletes: hard}");
    line.atSource("ALTER TABLE public.%s ADD _deleted boolean, ADD _deleted_at timestamptz");
    line.atSource(
        "INSERT INTO public.%s SELECT i, 'a', now(), i = 3, now() FROM generate_series(1, 20) AS i");
    line.sync();
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted")).containsExactly("3");
  }

  @Test
  void moreThanMayGoIsRefusedWithTheNumbers() {
    Line line = twenty();
    line.atSource("DELETE FROM public.%s WHERE id <= 3");
    assertThatThrownBy(() -> line.sync(SyncMode.RECONCILE, RunOptions.NONE))
        .hasMessageContaining("3 of 20 rows, and max_deletes is 10%");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.DELETES_REFUSED);
    assertThat(line.differencesOfAlive()).as("nothing was done").containsExactly("1", "2", "3");
    line.sync(SyncMode.RECONCILE, RunOptions.deleting(MaxDeletes.parse("3")));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  @Test
  void anEmptySourceIsRefused() {
    Line line = twenty();
    line.atSource("DELETE FROM public.%s");
    assertThatThrownBy(() -> line.sync(SyncMode.RECONCILE, RunOptions.NONE))
        .hasMessageContaining("20 of 20 rows");
    line.sync(SyncMode.RECONCILE, ANY);
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  /** After its commit, before anybody was told; and between the load and the merge. */
  @Test
  void onceInterruptedItIsFinishedOnce() {
    Line line = twenty();
    line.atSource("DELETE FROM public.%s WHERE id = 3");
    line.request(SyncMode.RECONCILE, RunOptions.NONE);
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.afterMerge(Moment.DEATH)));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
    line.atSource("DELETE FROM public.%s WHERE id = 4");
    line.request(SyncMode.RECONCILE, RunOptions.NONE);
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.beforeMerge(Moment.DEATH)));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(line.merged()).containsExactly("1", "2", "3");
  }

  @Test
  void aTableWithoutCursorIsReconciledByItsWholeKey() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        "CREATE TABLE public.%s (id int, part text, v text, PRIMARY KEY (part, id))"
            .formatted(name));
    Line line = bench.copied(name, "mode: replace");
    line.atSource(
        "INSERT INTO public.%s SELECT i, p, p FROM generate_series(1, 9) i, (VALUES ('a'), ('')) AS v(p)");
    line.sync();
    line.atSource("DELETE FROM public.%s WHERE id = 5 AND part = ''");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(
            line.rows("SELECT CONCAT(CAST(id AS STRING), '/', part) FROM target.%s WHERE _deleted"))
        .containsExactly("5/");
    line.sync();
    assertThat(line.rows("SELECT COUNTIF(_deleted IS NULL) FROM target.%s"))
        .as("a replacement says nothing of deletions")
        .containsExactly("17");
  }

  /** Every copy shows the row; the history stays. */
  @Test
  void ofAnAppendedTableEachCopyIsMarked() {
    Line line = twenty("mode: append");
    line.sync();
    line.atSource("DELETE FROM public.%s WHERE id = 7");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted")).containsExactly("7", "7");
    assertThat(counts(line)).isEqualTo("40 compared, 2 deleted, 0 revived, 0 missing, 2 merged");
  }

  @Test
  void withoutATargetThereIsNothingToDo() {
    Line line = Bench.shared().line();
    line.write("first", 1);
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.EMPTY);
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void whatCannotBeReconciledIsRefused() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run("CREATE TABLE public.%s (id int, v text)".formatted(name));
    Line keyless = bench.copied(name, "mode: replace");
    assertThatThrownBy(() -> keyless.sync(SyncMode.RECONCILE, RunOptions.NONE))
        .hasMessageContaining("has no key");
    Line line = twenty();
    assertThatThrownBy(() -> line.sync(SyncMode.INCREMENTAL, ANY))
        .hasMessageContaining("only the modes reconcile and change_log delete rows");
    line.bench.query("ALTER TABLE target.%s ADD COLUMN _deleted STRING".formatted(line.table));
    assertThatThrownBy(() -> line.sync(SyncMode.RECONCILE, RunOptions.NONE))
        .hasMessageContaining("_deleted: has to be of type BOOL");
    line.atSource("ALTER TABLE public.%s ADD COLUMN _deleted bool");
    assertThatThrownBy(() -> line.sync(SyncMode.RECONCILE, RunOptions.NONE))
        .hasMessageContaining("a column of its own");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.NAME_INVALID);
  }

  private static Line twenty(String... settings) {
    Line line = Bench.shared().line(settings);
    line.atSource("INSERT INTO public.%s SELECT i, 'first' FROM generate_series(1, 20) AS i");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    return line;
  }

  /** Of the newest reconciliation. */
  private static String counts(Line line) {
    Map<String, @Nullable String> row =
        line.bench
            .query(
                """
                SELECT rows_compared, rows_deleted, rows_revived, keys_missing, rows_merged
                FROM control.sync_runs
                WHERE table_name = '%s' AND mode = 'reconcile' ORDER BY seq DESC LIMIT 1"""
                    .formatted(line.table))
            .get(0);
    return "%s compared, %s deleted, %s revived, %s missing, %s merged"
        .formatted(
            row.get("rows_compared"),
            row.get("rows_deleted"),
            row.get("rows_revived"),
            row.get("keys_missing"),
            row.get("rows_merged"));
  }
}
