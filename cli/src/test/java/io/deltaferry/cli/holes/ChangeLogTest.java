package io.deltaferry.cli.holes;

import static io.deltaferry.cli.holes.Logged.delete;
import static io.deltaferry.cli.holes.Logged.deleted;
import static io.deltaferry.cli.holes.Logged.reason;
import static io.deltaferry.cli.holes.Logged.run;
import static io.deltaferry.cli.holes.Logged.settled;
import static io.deltaferry.cli.holes.Logged.watermark;
import static io.deltaferry.cli.holes.Logged.write;
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

/** Changes of which a log tells. */
@Timeout(180)
class ChangeLogTest {
  @Test
  void addedChangedAndDeleted() {
    Line line = settled(Logged.line(), 20);
    write(line, "changed", 2);
    write(line, "added", 30);
    delete(line, 3, 4);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(reason(line)).isEqualTo("STATE");
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).containsExactly("3", "4");
    assertThat(line.rows("SELECT v FROM target.%s WHERE id = 3")).containsExactly("first");
    assertThat(counts(line)).isEqualTo("5 extracted, 5 merged, 2 deleted, 0 revived");
  }

  /** A log may write a number in another way than the table does. */
  @Test
  void aKeyThatTravelsAsTextHasOneText() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    Line line =
        Logged.over(
            name,
            "{table: public.%1$s_log, key: object_id, action: action, time: at}",
            "conversions: {id: string}");
    line.atSource("CREATE TABLE public.%s (id numeric(12, 2) PRIMARY KEY, v text)");
    Logged.withLog(bench, name, "id");
    line.atSource(
        "INSERT INTO public.%s VALUES (1.5, 'first'), (2.5, 'first')",
        "DROP TRIGGER logged ON public.%s");
    line.sync();
    line.atSource(
        "UPDATE public.%s SET v = 'changed' WHERE id = 1.5",
        "DELETE FROM public.%s WHERE id = 2.5",
        "INSERT INTO public.%s_log (object_id, action) VALUES ('1.5', 'UPDATE'), ('+2.500', 'DELETE')");
    line.sync();
    assertThat(line.rows("SELECT CONCAT(id, v) FROM target.%s WHERE _deleted IS NOT TRUE"))
        .containsExactly("1.50changed");
    assertThat(deleted(line)).containsExactly("2.50");
  }

  /** Its time is the log's, where the log has one. */
  @Test
  void aDeletionIsAsOldAsItsEntry() {
    Line line = settled(Logged.line(), 3);
    delete(line, 1);
    run(line, "UPDATE public.%s_log SET at = '2026-01-02 03:04:05.678+00' WHERE action = 'DELETE'");
    line.sync();
    assertThat(line.rows("SELECT STRING(_deleted_at) FROM target.%s WHERE _deleted"))
        .containsExactly("2026-01-02 03:04:05.678+00");
    Line timeless =
        settled(Logged.told("{table: public.%1$s_log, key: object_id, action: action}"), 3);
    delete(timeless, 1);
    timeless.sync();
    assertThat(timeless.rows("SELECT id FROM target.%s WHERE _deleted_at > _uploaded_at"))
        .containsExactly("1");
  }

  @Test
  void addedAndDeletedIsNothing() {
    Line line = settled(Logged.line(), 3);
    write(line, "short", 30);
    write(line, "lived", 30);
    delete(line, 30);
    line.sync();
    assertThat(line.rows("SELECT COUNT(*) FROM target.%s")).containsExactly("3");
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  @Test
  void deletedAndAddedIsAlive() {
    Line line = settled(Logged.line(), 3);
    delete(line, 1, 2);
    line.sync();
    assertThat(deleted(line)).containsExactly("1", "2");
    write(line, "back", 1);
    delete(line, 3);
    write(line, "anew", 3);
    line.sync();
    assertThat(deleted(line)).containsExactly("2");
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted_at IS NOT NULL"))
        .containsExactly("2");
    assertThat(counts(line)).endsWith("0 deleted, 1 revived");
  }

  /** The log tells of it, and nobody has it. */
  @Test
  void deletedBeforeTheFirstRun() {
    Line line = Logged.line();
    write(line, "first", 1, 2);
    delete(line, 1);
    line.sync();
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(line.rows("SELECT COUNT(*) FROM target.%s")).containsExactly("1");
  }

  @Test
  void aHardDeletionTakesTheRow() {
    Line line = settled(Logged.line("reconcile: {deletes: hard}"), 5);
    delete(line, 1, 2);
    write(line, "short", 30);
    delete(line, 30);
    line.sync();
    assertThat(line.differences()).isEmpty();
    assertThat(counts(line)).isEqualTo("4 extracted, 3 merged, 2 deleted, 0 revived");
    assertThat(
            line.rows(
                "SELECT COUNT(*) FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s' AND column_name = '_deleted'"))
        .containsExactly("0");
  }

  @Test
  void aTableAtRestMergesNothing() {
    Line line = settled(Logged.line(), 3);
    delete(line, 1);
    line.sync();
    line.sync();
    line.sync();
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.EMPTY);
    List<String> merged = line.merged();
    line.sync();
    assertThat(line.merged()).isEqualTo(merged);
  }

  @Test
  void aKeyOfSeveralColumns() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        "CREATE TABLE public.%s (part varchar(9), id int, v text, PRIMARY KEY (part, id))"
            .formatted(name),
        "CREATE TABLE public.%s_log (id serial PRIMARY KEY, nr bigint, part text, action char(1))"
            .formatted(name));
    Line line = Logged.over(name, "{table: public.%s_log, key: [part, nr], action: action}");
    run(
        line,
        "INSERT INTO public.%s SELECT p, i, 'first' FROM generate_series(1, 4) i, (VALUES ('a'), ('')) AS x(p)");
    run(line, "INSERT INTO public.%s_log (part, nr, action) VALUES ('a', 1, 'I')");
    line.sync();
    line.sync();
    run(line, "UPDATE public.%s SET v = 'second' WHERE id = 2 AND part = ''");
    run(line, "DELETE FROM public.%s WHERE id = 3 AND part = 'a'");
    run(line, "INSERT INTO public.%s_log (part, nr, action) VALUES ('', 2, 'U'), ('a', 3, 'D')");
    line.sync();
    assertThat(
            line.rows("SELECT CONCAT(part, '/', CAST(id AS STRING)) FROM target.%s WHERE _deleted"))
        .containsExactly("a/3");
    assertThat(
            line.rows(
                "SELECT CONCAT(part, '/', CAST(id AS STRING)) FROM target.%s WHERE v = 'second'"))
        .containsExactly("/2");
    assertThat(counts(line)).endsWith("1 deleted, 0 revived");
  }

  /** As Django makes it: one log for all models, its keys are texts. */
  @Test
  void theAdminLogOfDjango() {
    Line line = settled(DjangoLog.line("content_type: {column: content_type_id, value: 7}"), 4);
    DjangoLog.entry(line, 7, "2", 2, "UPDATE public.%s SET v = 'second' WHERE id = 2");
    DjangoLog.entry(line, 7, "3", 3, "DELETE FROM public.%s WHERE id = 3");
    DjangoLog.entry(line, 8, "4", 3, "SELECT 1");
    DjangoLog.entry(line, 8, "no number", 2, "SELECT 1");
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).containsExactly("3");
    assertThat(counts(line))
        .as("the newest entry of the last run is read again")
        .isEqualTo("3 extracted, 2 merged, 1 deleted, 0 revived");
    line.sync();
    line.sync();
    assertThat(watermark(line)).as("entries of others are read too").isEqualTo(Logged.newest(line));
  }

  @Test
  void changesOfWhatNobodyWatchesAreLeftOut() {
    Line line =
        settled(
            Logged.told(
                "{table: public.%1$s_log, key: object_id, action: action, changed_fields: fields, watch: [v]}"),
            5);
    run(line, "UPDATE public.%s SET w = 'unseen' WHERE id <= 3");
    write(line, "seen", 2);
    run(line, "DELETE FROM public.%s WHERE id = 4");
    run(line, "UPDATE public.%s SET w = 'unnamed' WHERE id = 5");
    run(line, "UPDATE public.%s_log SET fields = NULL WHERE object_id = '5' AND action = 'UPDATE'");
    line.sync();
    assertThat(line.rows("SELECT CONCAT(CAST(id AS STRING), w) FROM target.%s ORDER BY id"))
        .containsExactly("1w", "2unseen", "3w", "4w", "5unnamed");
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).containsExactly("4");
  }

  /** It changes nothing for the target, which goes by the table. */
  @Test
  void anActionThatNobodyKnowsIsAChange() {
    Line line = settled(Logged.line(), 5);
    run(line, "UPDATE public.%s SET v = 'second' WHERE id = 1");
    delete(line, 2);
    run(line, "UPDATE public.%s_log SET action = 'archived' WHERE action <> 'INSERT'");
    line.sync();
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).containsExactly("2");
  }

  /** Old entries are taken out, of which all were read. */
  @Test
  void aLogThatIsPrunedBehindItsReader() {
    Line line = settled(Logged.line(), 5);
    run(line, "DELETE FROM public.%1$s_log WHERE id < (SELECT max(id) FROM public.%1$s_log)");
    write(line, "second", 2);
    line.sync();
    assertThat(reason(line)).isEqualTo("STATE");
    line.sync();
    run(line, "DELETE FROM public.%s_log");
    line.sync();
    assertThat(line.end().outcome()).as("nothing was written since").isEqualTo(SyncOutcome.EMPTY);
    write(line, "third", 3);
    line.sync();
    assertThat(reason(line)).isEqualTo("STATE");
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  @Test
  void aLogThatIsPrunedBeforeItWasRead() {
    Line line = settled(Logged.line("reconcile: {max_deletes: 100%}"), 5);
    delete(line, 1);
    write(line, "second", 2);
    run(line, "DELETE FROM public.%1$s_log WHERE id < (SELECT max(id) FROM public.%1$s_log)");
    line.sync();
    assertThat(reason(line)).isEqualTo("LOG_PRUNED");
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).containsExactly("1");
    assertThat(line.rows("SELECT v FROM target.%s WHERE id = 1")).containsExactly("first");
    write(line, "third", 3);
    line.sync();
    assertThat(reason(line)).as("it goes on by the log").isEqualTo("STATE");
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  @Test
  void aLogThatIsTruncated() {
    for (String restart : List.of("", " RESTART IDENTITY")) {
      Line line = settled(Logged.line("reconcile: {max_deletes: 100%}"), 5);
      delete(line, 1);
      write(line, "second", 2);
      run(line, "TRUNCATE public.%s_log" + restart);
      run(line, "INSERT INTO public.%s SELECT i, 'more', 'w' FROM generate_series(100, 120) i");
      line.sync();
      assertThat(reason(line)).isEqualTo("LOG_REPLACED");
      assertThat(line.differencesOfAlive()).isEmpty();
      assertThat(deleted(line)).containsExactly("1");
      write(line, "third", 3);
      line.sync();
      assertThat(reason(line)).isEqualTo("STATE");
      assertThat(line.differencesOfAlive()).isEmpty();
    }
  }

  /** Between plan and COPY an older snapshot would show no entries, and no error. */
  @Test
  void aLogThatLosesEntriesAfterThePlan() {
    for (String loss : List.of("TRUNCATE public.%s_log", "DELETE FROM public.%s_log")) {
      Line line = settled(Logged.line("reconcile: {max_deletes: 100%}"), 5);
      delete(line, 1);
      line.request();
      assertThatThrownBy(
              () ->
                  line.deliver(
                      line.instance()
                          .store(Moment.afterObject("plan.json", () -> run(line, loss)))))
          .hasMessageContaining("log");
      assertThat(line.end().errorCode()).isEqualTo(ErrorCode.SOURCE_CHANGED);
      line.sync();
      assertThat(line.differencesOfAlive()).isEmpty();
      assertThat(deleted(line)).containsExactly("1");
    }
  }

  /** The log that stays empty tells as much by its sequence. */
  @Test
  void aLogWithoutEntries() {
    Line line = Logged.line();
    run(line, "ALTER TABLE public.%s DISABLE TRIGGER logged");
    write(line, "first", 1, 2);
    run(line, "ALTER TABLE public.%s ENABLE TRIGGER logged");
    line.sync();
    line.sync();
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.EMPTY);
    delete(line, 1);
    line.sync();
    assertThat(reason(line)).isEqualTo("STATE");
    assertThat(deleted(line)).containsExactly("1");
  }

  @Test
  void onceInterruptedItIsFinishedOnce() {
    Line line = settled(Logged.line(), 5);
    List<String> before = line.merged();
    delete(line, 3);
    line.request();
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.afterMerge(Moment.DEATH)));
    assertThat(deleted(line)).containsExactly("3");
    delete(line, 4);
    write(line, "added", 9);
    line.request("twice");
    line.deliverAgainAfterDeath(line.instance().warehouse(Moment.beforeMerge(Moment.DEATH)));
    line.request("twice");
    line.deliver(line.instance());
    assertThat(deleted(line)).containsExactly("3", "4");
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(line.merged()).hasSize(before.size() + 2);
  }

  @Test
  void manyChangesAreReadInSlices() {
    Line line =
        Logged.line("slice_rows: 100", "parallel_slices: 1", "reconcile: {max_deletes: 100%}");
    run(line, "INSERT INTO public.%s SELECT i, 'first', 'w' FROM generate_series(1, 400) i");
    run(line, "ANALYZE public.%s");
    line.sync();
    assertThat(line.visible()).as("the copy").anySatisfy(all -> assertThat(all).hasSize(4));
    line.sync();
    run(line, "UPDATE public.%s SET v = 'second' WHERE id <= 200");
    run(line, "DELETE FROM public.%s WHERE id > 200");
    run(line, "ANALYZE public.%s_log");
    line.manifests.clear();
    line.request();
    Runnable meanwhile =
        () -> {
          delete(line, 1, 199);
          write(line, "new", 500, 0);
        };
    line.deliver(line.instance().store(Moment.afterObject("slices/0/outcome.json", meanwhile)));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.visible()).anySatisfy(all -> assertThat(all).hasSizeGreaterThan(2));
    line.sync();
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).hasSize(202);
  }

  /** Rows that a filter hides are gone, for the target; hidden columns stay hidden. */
  @Test
  void whatTheTableFileSaysOfRowsHoldsHereToo() {
    Line line =
        settled(
            Logged.line(
                "filter: \"v <> 'secret'\"",
                "exclude: [w]",
                "columns: {v: {convert: \"upper(v) || 'x'\", rename: value}}"),
            4);
    run(line, "UPDATE public.%s SET v = 'secret' WHERE id = 1");
    write(line, "second", 2);
    delete(line, 3);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(
            line.rows(
                "SELECT CONCAT(CAST(id AS STRING), value, CAST(_deleted AS STRING)) FROM target.%s ORDER BY id"))
        .containsExactly("1FIRSTxtrue", "2SECONDxfalse", "3FIRSTxtrue", "4FIRSTxfalse");
    assertThat(new Everything(line).bucket("parts")).doesNotContain("secret");
    assertThat(
            line.rows(
                "SELECT COUNT(*) FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s' AND column_name = 'w'"))
        .containsExactly("0");
  }

  @Test
  void aTargetThatRequiresAPartitionFilter() {
    Line line =
        settled(
            Logged.line(
                "partition_by: {column: id, start: 0, end: 1000, interval: 10}",
                "require_partition_filter: true"),
            4);
    write(line, "second", 2);
    delete(line, 3);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.rows("SELECT id FROM target.%s WHERE id > 0 AND _deleted"))
        .containsExactly("3");
    assertThat(line.rows("SELECT id FROM target.%s WHERE id > 0 AND v = 'second'"))
        .containsExactly("2");
  }

  /** A full copy that would mark too many rows waits for a person. */
  @Test
  void aCopyThatWouldDeleteTooMuch() {
    Line line = settled(Logged.line(), 20);
    run(line, "ALTER TABLE public.%s DISABLE TRIGGER logged");
    run(line, "DELETE FROM public.%s WHERE id <= 10");
    run(line, "TRUNCATE public.%s_log");
    assertThatThrownBy(line::sync).hasMessageContaining("10 of 20 rows, and max_deletes is 10%");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.DELETES_REFUSED);
    line.sync(SyncMode.CHANGE_LOG, RunOptions.deleting(MaxDeletes.parse("50%")));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(deleted(line)).hasSize(10);
  }

  /** What the log never told, the other modes find; the log is read on from where it was. */
  @Test
  void besideTheOtherModes() {
    Line line = settled(Logged.line(), 20);
    run(line, "ALTER TABLE public.%s DISABLE TRIGGER logged");
    delete(line, 1);
    write(line, "silent", 2);
    run(line, "ALTER TABLE public.%s ENABLE TRIGGER logged");
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(deleted(line)).containsExactly("1");
    assertThat(line.differencesOfAlive()).containsExactly("2");
    delete(line, 3);
    line.sync();
    assertThat(deleted(line)).containsExactly("1", "3");
    write(line, "logged", 4);
    line.sync(SyncMode.REPLACE, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
    delete(line, 5);
    line.sync();
    assertThat(reason(line)).isEqualTo("STATE");
    assertThat(deleted(line)).containsExactly("5");
    line.sync(SyncMode.TEST, RunOptions.NONE);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThatThrownBy(() -> line.sync(SyncMode.INCREMENTAL, RunOptions.NONE))
        .hasMessageContaining("goes on where its log was read to");
  }

  @Test
  void aKeyThatTheTargetHoldsTwice() {
    Line line = settled(Logged.line(), 5);
    line.bench.query(
        "INSERT INTO target.%1$s SELECT * FROM target.%1$s WHERE id = 2".formatted(line.table));
    write(line, "second", 2);
    assertThatThrownBy(line::sync).hasMessageContaining("does the target hold a key twice?");
    assertThat(line.end().errorCode()).isEqualTo(ErrorCode.COUNTS_DIFFER);
  }

  /** Nothing says who numbers the entries of a view; then so many are read again. */
  @Test
  void aViewOfALog() {
    Bench bench = Bench.shared();
    String name = bench.newName();
    bench.postgres.run(
        "CREATE TABLE public.%s (id int PRIMARY KEY, v text, w text)".formatted(name));
    Logged.withLog(bench, name, "id");
    bench.postgres.run(
        "CREATE VIEW public.%1$s_seen AS SELECT id, object_id::int AS nr, action FROM public.%1$s_log WHERE object_id <> '?'"
            .formatted(name));
    Line line =
        Logged.over(name, "{table: public.%s_seen, key: nr, action: action}", "id_lateness: 3");
    write(line, "first", 1, 2, 3, 4, 5, 6);
    line.sync();
    run(line, "INSERT INTO public.%s_log (object_id, action) VALUES ('?', 'U')");
    delete(line, 1);
    line.sync();
    assertThat(reason(line)).isEqualTo("STATE");
    assertThat(deleted(line)).containsExactly("1");
    assertThat(line.differencesOfAlive()).isEmpty();
    run(line, "TRUNCATE public.%s_log");
    delete(line, 2);
    assertThatThrownBy(line::sync).hasMessageContaining("max_deletes is 10%");
  }

  @Test
  void aViewOfWhatIsNotDeleted() {
    Line line = settled(Logged.line("view: true"), 3);
    delete(line, 2);
    line.sync();
    assertThat(line.rows("SELECT id FROM target.current_%s ORDER BY id")).containsExactly("1", "3");
    write(line, "back", 2);
    line.sync();
    assertThat(line.rows("SELECT id FROM target.current_%s ORDER BY id"))
        .containsExactly("1", "2", "3");
  }

  /** The log's keys are hashed as the table's are. */
  @Test
  void aKeyThatIsHashed() {
    Line line = settled(Logged.line("hash: [id]"), 5);
    write(line, "second", 1);
    delete(line, 2);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(counts(line)).isEqualTo("3 extracted, 3 merged, 1 deleted, 0 revived");
    assertThat(line.rows("SELECT v FROM target.%s ORDER BY v"))
        .containsExactly("first", "first", "first", "first", "second");
    assertThat(line.rows("SELECT LENGTH(id) FROM target.%s WHERE _deleted")).containsExactly("64");
  }

  /** They go by a column of the table, and leave the log's watermark where it is. */
  @Test
  void windowAndBackfillGoByACursor() {
    Line line = Logged.line("cursor: made_at", "backfill: {column: made_at}");
    run(line, "ALTER TABLE public.%s ADD COLUMN made_at timestamptz DEFAULT '2026-01-02 00:00+00'");
    settled(line, 5);
    run(line, "ALTER TABLE public.%s DISABLE TRIGGER logged");
    write(line, "silent", 1);
    run(line, "INSERT INTO public.%s VALUES (6, 'silent', 'w', '2026-01-05 00:00+00')");
    run(line, "ALTER TABLE public.%s ENABLE TRIGGER logged");
    String before = watermark(line);
    line.sync(SyncMode.WINDOW, RunOptions.between("2026-01-02", "2026-01-03"));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).containsExactly("6");
    line.sync(SyncMode.BACKFILL, RunOptions.NONE);
    assertThat(line.differencesOfAlive()).isEmpty();
    assertThat(watermark(line)).isEqualTo(before);
    delete(line, 6);
    line.sync();
    assertThat(reason(line)).isEqualTo("STATE");
    assertThat(deleted(line)).containsExactly("6");
  }

  /** A table that another mode has filled goes on by its log after one comparison of everything. */
  @Test
  void aTableThatChangesItsMode() {
    Line line = Logged.line("reconcile: {max_deletes: 50%}");
    write(line, "first", 1, 2, 3, 4);
    Line copied = line.bench.copied(line.table, "mode: replace");
    copied.sync();
    Line logged =
        Logged.over(
            line.table,
            "{table: public.%1$s_log, key: object_id, action: action}",
            "reconcile: {max_deletes: 50%}");
    delete(logged, 4);
    logged.request("by-the-log");
    logged.deliver(logged.instance());
    assertThat(reason(logged)).isEqualTo("DEFINITION_CHANGED");
    assertThat(deleted(logged)).containsExactly("4");
    delete(logged, 3);
    logged.request("by-the-log-again");
    logged.deliver(logged.instance());
    assertThat(reason(logged)).isEqualTo("STATE");
    assertThat(deleted(logged)).containsExactly("3", "4");
  }

  /** Somebody empties the target, or makes it anew. */
  @Test
  void aTargetThatIsAnother() {
    Line line = settled(Logged.line(), 5);
    line.bench.query("TRUNCATE TABLE target.%s".formatted(line.table));
    line.sync();
    assertThat(reason(line)).isEqualTo("EMPTY_TARGET");
    assertThat(line.differences()).isEmpty();
    line.bench.query("DROP TABLE target.%s".formatted(line.table));
    line.sync();
    assertThat(reason(line)).isEqualTo("NO_TARGET");
    assertThat(line.differences()).isEmpty();
  }

  private static String counts(Line line) {
    Map<String, @Nullable String> row =
        line.bench
            .query(
                """
                SELECT rows_extracted, rows_merged, rows_deleted, rows_revived
                FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq DESC LIMIT 1"""
                    .formatted(line.table))
            .get(0);
    return "%s extracted, %s merged, %s deleted, %s revived"
        .formatted(
            row.get("rows_extracted"),
            row.get("rows_merged"),
            row.get("rows_deleted"),
            row.get("rows_revived"));
  }
}
