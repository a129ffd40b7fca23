package io.deltaferry.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltaferry.run.SyncEvent;
import io.deltaferry.run.SyncEvent.Kind;
import io.deltaferry.sql.Statement;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The views in a BigQuery; which texts they are, the golden files say. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerViewsMeaningTest {
  private LocalLedger ledger;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    ledger = new LocalLedger(directory);
    ledger.append(ledger.planned("first", 1, 1, null));
  }

  @AfterAll
  void stop() {
    ledger.close();
  }

  @Test
  void aRunThatWorks() {
    ledger.append(
        ledger.planned("working", 4, 100, 1_000L),
        ledger.event("working", 4, Kind.SLICE_SPLIT, "0", 60, Map.of("slice", "0")),
        ledger.staged("working", 4, "0.0", 50, 500));
    Map<String, @Nullable String> row = ledger.row("sync_report", "working");
    assertThat(row)
        .containsEntry("run", "4")
        .containsEntry("request_id", "request-4")
        .containsEntry("mode", "incremental")
        .containsEntry("state", "running")
        .containsEntry("stage", "extracting")
        .containsEntry("slices", "2")
        .containsEntry("slices_staged", "1")
        .containsEntry("rows_staged", "500")
        .containsEntry("bytes_staged", "5000")
        .containsEntry("rows_merged", null)
        .containsEntry("ended_at", null);
    assertThat(LocalLedger.number(row, "elapsed_seconds")).isBetween(100.0, 100 + ledger.age());
    assertThat(LocalLedger.number(row, "progress")).isCloseTo(0.4, within(1e-9));
    assertThat(LocalLedger.number(row, "seconds_left"))
        .isCloseTo(1.5 * LocalLedger.number(row, "elapsed_seconds"), within(0.01));
    assertThat(LocalLedger.number(row, "rows_per_second"))
        .isCloseTo(500 / LocalLedger.number(row, "elapsed_seconds"), within(0.01));
    assertThat(ledger.row("sync_tables", "working"))
        .containsEntry("state", "running")
        .containsEntry("stage", "extracting")
        .containsEntry("fresh_as_of", null)
        .containsEntry("lag_seconds", null)
        .containsEntry("consecutive_failures", "0");
  }

  @Test
  void eachStageShows() {
    ledger.append(
        ledger.planned("stages", 1, 60, 10L),
        ledger.staged("stages", 1, "0", 40, 10),
        ledger.event("stages", 1, Kind.STAGED, "", 40, Map.of("row_count", 10L)));
    assertThat(ledger.row("sync_report", "stages"))
        .containsEntry("stage", "loading")
        .containsEntry("progress", "0.8");
    ledger.append(ledger.event("stages", 1, Kind.LOADED, "", 30, Map.of("row_count", 10L)));
    assertThat(ledger.row("sync_report", "stages"))
        .containsEntry("stage", "merging")
        .containsEntry("progress", "0.9")
        .containsEntry("state", "running");
    ledger.append(ledger.ended("stages", 1, Kind.COMPLETED, 10, 10));
    Map<String, @Nullable String> row = ledger.row("sync_report", "stages");
    assertThat(row)
        .containsEntry("state", "completed")
        .containsEntry("outcome", "completed")
        .containsEntry("stage", null)
        .containsEntry("progress", "1.0")
        .containsEntry("seconds_left", "0.0")
        .containsEntry("rows_merged", "10");
    assertThat(LocalLedger.number(row, "extract_seconds")).isEqualTo(20);
    assertThat(LocalLedger.number(row, "load_seconds")).isEqualTo(10);
    assertThat(LocalLedger.number(row, "merge_seconds")).isEqualTo(20);
    assertThat(LocalLedger.number(row, "elapsed_seconds")).isEqualTo(50);
  }

  @Test
  void failuresCountSinceTheLastGoodRun() {
    ledger.append(
        ledger.planned("failing", 1, 900, null),
        ledger.ended("failing", 1, Kind.FAILED, 890, 0),
        ledger.planned("failing", 2, 800, null),
        ledger.ended("failing", 2, Kind.EMPTY, 790, 0),
        ledger.planned("failing", 3, 700, null),
        ledger.ended("failing", 3, Kind.FAILED, 690, 0),
        ledger.planned("failing", 4, 600, null),
        ledger.ended("failing", 4, Kind.SUPERSEDED, 590, 0),
        ledger.planned("failing", 5, 500, null),
        ledger.ended("failing", 5, Kind.FAILED, 490, 0),
        ledger.planned("failing", 6, 10, null));
    Map<String, @Nullable String> row = ledger.row("sync_tables", "failing");
    assertThat(row)
        .containsEntry("run", "6")
        .containsEntry("state", "running")
        .containsEntry("last_good_run", "2")
        .containsEntry("consecutive_failures", "2")
        .containsEntry("last_failed_run", "5")
        .containsEntry("error_code", "KEY_DUPLICATED")
        .containsEntry("error", "a key stands twice");
    assertThat(LocalLedger.number(row, "lag_seconds")).isBetween(800.0, 800 + ledger.age());
    assertThat(states("failing"))
        .containsExactly(
            "1 failed failed",
            "2 completed empty",
            "3 failed failed",
            "4 failed superseded",
            "5 failed failed",
            "6 running null");
    assertThat(days("failing", "runs", "failed", "empty", "superseded", "unfinished"))
        .containsExactly("6 3 1 1 1");
  }

  @Test
  void aRunThatIsQuietForTooLongWaitsToBeTakenOver() {
    ledger.append(
        ledger.planned("quiet", 1, 3_700, null), ledger.planned("lively", 1, 3_700, null));
    ledger.append(ledger.event("lively", 1, Kind.ALIVE, "0/1", 100, Map.of("slice", "0")));
    assertThat(states("quiet")).containsExactly("1 pending null");
    assertThat(ledger.row("sync_report", "quiet")).containsEntry("seconds_left", null);
    assertThat(states("lively")).containsExactly("1 running null");
  }

  /** One run of a table follows the other; an end that nobody told must not keep one open. */
  @Test
  void aRunThatTheNextHasFollowedIsOver() {
    ledger.append(
        ledger.planned("followed", 1, 900, null), ledger.planned("followed", 2, 600, null));
    assertThat(states("followed")).containsExactly("1 failed superseded", "2 running null");
    Map<String, @Nullable String> row =
        ledger
            .query("SELECT * FROM control.sync_report WHERE table_name = 'followed' AND run = 1")
            .get(0);
    assertThat(LocalLedger.number(row, "elapsed_seconds")).isEqualTo(300);
    assertThat(ledger.row("sync_tables", "followed")).containsEntry("consecutive_failures", "0");
  }

  @Test
  void requestsWithoutARun() {
    ledger.append(
        ledger.planned("asked", 1, 60, null),
        request("asked", Kind.WAITING, "tick-1"),
        request("asked", Kind.WAITING, "tick-2"),
        request("asked", Kind.WAITING, "request-2"),
        request("asked", Kind.SKIPPED, "tick-1"));
    assertThat(states("asked"))
        .containsExactlyInAnyOrder(
            "1 running null",
            "tick-1 completed skipped",
            "tick-2 pending null",
            "request-2 pending null");
    assertThat(ledger.row("sync_tables", "asked")).containsEntry("waiting_requests", "2");
    ledger.append(
        ledger.ended("asked", 1, Kind.EMPTY, 50, 0), ledger.planned("asked", 2, 40, null));
    assertThat(states("asked"))
        .contains("2 running null", "tick-2 pending null")
        .noneMatch(state -> state.startsWith("request-2"));
    assertThat(ledger.row("sync_tables", "asked")).containsEntry("waiting_requests", "1");
  }

  /** Whatever comes twice, or late, or is told by two: the report is the same. */
  @Test
  void anEventThatComesAgainChangesNothing() {
    List<SyncEvent> events =
        List.of(
            ledger.planned("twice", 1, 60, 100L),
            ledger.staged("twice", 1, "0", 50, 100),
            ledger.event("twice", 1, Kind.RETRIED, "loader/7/1", 45, Map.of("error_code", "X")),
            ledger.ended("twice", 1, Kind.COMPLETED, 40, 100));
    ledger.ledger.append(events);
    Map<String, @Nullable String> once = ledger.row("sync_report", "twice");
    List<SyncEvent> again = new ArrayList<>();
    for (SyncEvent event : events) {
      again.add(
          new SyncEvent(
              event.kind(),
              event.detail(),
              event.time().plusSeconds(20),
              event.table(),
              event.seq(),
              event.requestId(),
              event.facts()));
    }
    // As BigQuery has them when it forgot the rows' ids meanwhile.
    again.forEach(this::insertWithoutId);
    assertThat(count("twice")).isEqualTo("8");
    assertThat(ledger.row("sync_report", "twice")).isEqualTo(once).containsEntry("retries", "1");
  }

  /** The merge's own transaction knows better than a message that got lost. */
  @Test
  void aMergedRunIsCompletedWhateverWasTold() {
    ledger.append(
        ledger.planned("merged", 7, 60, 5L), ledger.ended("merged", 7, Kind.FAILED, 30, 0));
    merged("merged", 7);
    merged("merged", 6);
    assertThat(states("merged"))
        .containsExactlyInAnyOrder("6 completed completed", "7 completed completed");
    assertThat(ledger.row("sync_tables", "merged"))
        .containsEntry("last_good_run", "7")
        .containsEntry("consecutive_failures", "0")
        .containsEntry("error", null);
    Map<String, @Nullable String> row =
        ledger
            .query("SELECT * FROM control.sync_report WHERE table_name = 'merged' AND run = 6")
            .get(0);
    assertThat(row)
        .containsEntry("rows_merged", "5")
        .containsEntry("rows_staged", "6")
        .containsEntry("progress", "1.0")
        .containsEntry("error", null);
    assertThat(LocalLedger.number(row, "extract_seconds")).isCloseTo(60, within(0.01));
    assertThat(LocalLedger.number(row, "merge_seconds")).isGreaterThanOrEqualTo(0);
  }

  @Test
  void thePeriodsOfABackfill() {
    ledger.append(ledger.planned("filled", 1, 60, null));
    filled("filled", 1, "'2026-03-02 00:00:00+00', '2026-03-03 00:00:00+00'", "d", 2);
    filled("filled", 2, "'2026-03-01 00:00:00+00', '2026-03-02 00:00:00+00'", "d", 1);
    filled("filled", 3, "NULL, NULL", "d", 0);
    filled("filled", 4, "'2026-03-02 00:00:00+00', '2026-03-03 00:00:00+00'", "d", 0);
    assertThat(periods("filled"))
        .containsExactly("null true 1 3", "2026-03-01 true 1 2", "2026-03-02 true 2 4");
    Map<String, @Nullable String> row =
        ledger
            .query("SELECT * FROM control.sync_backfill WHERE table_name = 'filled' AND run = 4")
            .get(0);
    assertThat(row)
        .containsEntry("period_from", "2026-03-02 00:00:00+00")
        .containsEntry("period_until", "2026-03-03 00:00:00+00")
        .containsEntry("row_count", "6")
        .containsEntry("newest", "high 4")
        .containsEntry("periods_left", "0");
    assertThat(row.get("synced_at")).isNotNull();
    merged("filled", 5, "'incremental'", "NULL, NULL", "another", 0);
    assertThat(periods("filled"))
        .as("what was merged under another definition proves nothing")
        .containsExactly("null false 1 3", "2026-03-01 false 1 2", "2026-03-02 false 2 4");
    filled("filled", 6, "'2026-03-01', '2026-03-02'", "another", 0);
    assertThat(periods("filled")).contains("2026-03-01 true 1 6", "2026-03-02 false 2 4");
  }

  private List<String> periods(String table) {
    return ledger
        .query(
            """
            SELECT day, finished, runs, run FROM control.sync_backfill
            WHERE table_name = '%s' ORDER BY day, run"""
                .formatted(table))
        .stream()
        .map(
            row ->
                "%s %s %s %s"
                    .formatted(
                        row.get("day"), row.get("finished"), row.get("runs"), row.get("run")))
        .toList();
  }

  /** Sums of all days, since midnight may lie between two runs. */
  private List<String> days(String table, String... columns) {
    String sums =
        Stream.of(columns)
            .map("CAST(SUM(%s) AS STRING)"::formatted)
            .collect(Collectors.joining(", ' ', "));
    return ledger
        .query(
            "SELECT CONCAT(%s) AS sums FROM control.sync_control WHERE table_name = '%s'"
                .formatted(sums, table))
        .stream()
        .map(row -> String.valueOf(row.get("sums")))
        .toList();
  }

  private List<String> states(String table) {
    return ledger
        .query(
            """
            SELECT COALESCE(CAST(run AS STRING), request_id) AS name, state, outcome
            FROM control.sync_report WHERE table_name = '%s' ORDER BY run"""
                .formatted(table))
        .stream()
        .map(row -> row.get("name") + " " + row.get("state") + " " + row.get("outcome"))
        .toList();
  }

  private @Nullable String count(String table) {
    return ledger
        .query("SELECT COUNT(*) AS n FROM control.sync_events WHERE table_name = '" + table + "'")
        .get(0)
        .get("n");
  }

  private void insertWithoutId(SyncEvent event) {
    Object rows = event.facts().get("row_count");
    ledger.query(
        """
        INSERT INTO control.sync_events (event_id, event, event_time, table_name, seq, row_count)
        VALUES ('%s', '%s', TIMESTAMP_MILLIS(%d), '%s', %d, %s)"""
            .formatted(
                event.id(),
                event.kind().word(),
                event.time().toEpochMilli(),
                event.table(),
                event.seq(),
                rows));
  }

  private void merged(String table, long seq) {
    merged(table, seq, "'incremental'", "NULL, NULL", "d", 0);
  }

  private void filled(String table, long seq, String window, String definition, long left) {
    merged(table, seq, "'backfill'", window, definition, left);
  }

  /**
   * A row of the ledger.
   *
   * @param window both ends, as SQL
   */
  private void merged(
      String table, long seq, String mode, String window, String definition, long left) {
    String columns =
        "table_name, seq, request_id, mode, low, until, low_reason, bound_reason, rows_overlap, rows_extracted,"
            + " rows_loaded, rows_merged, null_cursors, losses, parts, bytes_staged, definition_hash, requested_at,"
            + " extract_started, extract_finished, merged_at, version, high, periods_left";
    ledger.warehouse.query(
        new Statement(
            """
            INSERT INTO control.sync_runs (%s)
            VALUES (@table, @seq, 'r', %s, %s, 'STATE', 'NONE', 0, 6, 6, 5, 0, '{}', 1, 60, '%s',
              TIMESTAMP '2026-01-01 00:00:00+00', TIMESTAMP '2026-01-01 00:00:00+00',
              TIMESTAMP '2026-01-01 00:01:00+00', TIMESTAMP '2026-01-01 00:02:00+00', 'v', 'high %d', %d)"""
                .formatted(columns, mode, window, definition, seq, left),
            Map.of("table", new Statement.Text(table), "seq", new Statement.Int64(seq))));
  }

  private static SyncEvent request(String table, Kind kind, String id) {
    return new SyncEvent(kind, id, Instant.now(), table, null, id, Map.of());
  }
}
