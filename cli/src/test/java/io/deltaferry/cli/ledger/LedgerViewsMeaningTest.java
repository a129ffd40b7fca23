package io.deltaferry.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.RunProgress;
import io.deltaferry.run.RunProgress.Phase;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.run.SyncEvent.Kind;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.sql.EventsTable;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.LedgerViews;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.TableRef;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
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
    assertThat(number(row, "elapsed_seconds")).isBetween(100.0, 100 + ledger.age());
    assertThat(number(row, "progress")).isCloseTo(0.4, within(1e-9));
    assertThat(number(row, "seconds_left"))
        .isCloseTo(1.5 * number(row, "elapsed_seconds"), within(0.01));
    assertThat(number(row, "rows_per_second"))
        .isCloseTo(500 / number(row, "elapsed_seconds"), within(0.01));
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
    assertThat(number(row, "extract_seconds")).isEqualTo(20);
    assertThat(number(row, "load_seconds")).isEqualTo(10);
    assertThat(number(row, "merge_seconds")).isEqualTo(20);
    assertThat(number(row, "elapsed_seconds")).isEqualTo(50);
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
    assertThat(number(row, "lag_seconds")).isBetween(800.0, 800 + ledger.age());
    assertThat(states("failing"))
        .containsExactly(
            "1 failed failed",
            "2 completed empty",
            "3 failed failed",
            "4 failed superseded",
            "5 failed failed",
            "6 running null");
    assertThat(ledger.row("sync_control", "failing"))
        .containsEntry("runs", "6")
        .containsEntry("failed", "3")
        .containsEntry("empty", "1")
        .containsEntry("superseded", "1")
        .containsEntry("unfinished", "1");
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
    assertThat(number(row, "elapsed_seconds")).isEqualTo(300);
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
    assertThat(number(row, "extract_seconds")).isCloseTo(60, within(0.01));
    assertThat(number(row, "merge_seconds")).isGreaterThanOrEqualTo(0);
  }

  @Test
  void sqlAndJavaAgreeOnWhatIsDone() {
    Random random = new Random(42);
    List<Phase> phases = List.of(Phase.values());
    Map<String, RunProgress> expected = new HashMap<>();
    List<SyncEvent> events = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      String table = "random_" + i;
      Long estimate = random.nextInt(4) == 0 ? null : (long) random.nextInt(2_000);
      int slices = 1 + random.nextInt(5);
      int done = random.nextInt(slices + 2);
      long rows = 0;
      events.add(ledger.planned(table, 1, 60, estimate));
      for (int slice = 1; slice < slices; slice++) {
        events.add(ledger.event(table, 1, Kind.SLICE_SPLIT, "" + slice, 50, Map.of()));
      }
      for (int slice = 0; slice < done; slice++) {
        int more = random.nextInt(3) == 0 ? 0 : random.nextInt(500);
        events.add(ledger.staged(table, 1, "" + slice, 40, more));
        rows += more;
      }
      Phase phase = phases.get(random.nextInt(phases.size()));
      if (phase.compareTo(Phase.LOADING) >= 0) {
        events.add(ledger.event(table, 1, Kind.STAGED, "", 30, Map.of()));
      }
      if (phase.compareTo(Phase.MERGING) >= 0) {
        events.add(ledger.event(table, 1, Kind.LOADED, "", 20, Map.of()));
      }
      if (phase == Phase.DONE) {
        events.add(ledger.ended(table, 1, Kind.COMPLETED, 10, rows));
      }
      expected.put(table, new RunProgress(phase, slices, done, rows, estimate));
    }
    ledger.ledger.append(events);
    List<Map<String, @Nullable String>> rows =
        ledger.query("SELECT * FROM control.sync_report WHERE table_name LIKE 'random%'");
    assertThat(rows).hasSize(60);
    for (Map<String, @Nullable String> row : rows) {
      RunProgress progress = Objects.requireNonNull(expected.get(row.get("table_name")));
      assertThat(number(row, "progress"))
          .as("%s: %s", progress, row)
          .isCloseTo(progress.share(), within(1e-9));
      if (progress.share() == 0) {
        assertThat(row).containsEntry("seconds_left", null);
      } else {
        double share = progress.share();
        assertThat(number(row, "seconds_left"))
            .isCloseTo(number(row, "elapsed_seconds") * (1 - share) / share, within(1e-6));
      }
    }
  }

  @Test
  void whatHappenedLastToRunsWithoutAnEnd() {
    ledger.append(
        ledger.planned("open", 1, 90, null),
        ledger.ended("open", 1, Kind.FAILED, 80, 0),
        ledger.planned("open", 2, 70, null),
        ledger.event("open", 2, Kind.LOADED, "", 60, Map.of()),
        ledger.event(
            "open", 2, Kind.RETRIED, "merger/7/1", 50, Map.of("error_code", "X", "error", "away")),
        ledger.planned("opened", 1, 40, null),
        ledger.event("opened", 1, Kind.RETRIED, "extractor/8/1", 30, Map.of("error_code", "X")),
        ledger.staged("opened", 1, "0", 20, 5));
    TableRef events = EventsTable.ref(LocalLedger.PROJECT, LocalLedger.DATASET);
    assertThat(ledger.warehouse.query(EventsTable.openRuns(events)))
        .filteredOn(row -> String.valueOf(row.get("table_name")).startsWith("open"))
        .extracting(
            row ->
                row.get("table_name")
                    + row.get("seq")
                    + " "
                    + row.get("loaded")
                    + " "
                    + row.get("event")
                    + " "
                    + row.get("error_code")
                    + " "
                    + row.get("error"))
        .containsExactlyInAnyOrder("open2 1 retried X away", "opened1 0 slice_staged null null");
  }

  @Test
  void theStatesSideBySide() {
    for (String table : List.of("orders", "items", "unmerged")) {
      TableRef state = RunPlan.stateTable(LocalLedger.PROJECT, LocalLedger.DATASET, table);
      ledger.warehouse.create(LedgerTables.state(state));
      ledger.warehouse.query(LedgerTables.initialState(state));
    }
    LedgerSchema schema = ledger.schema;
    schema.refresh();
    ledger.query("UPDATE control.state__orders SET seq = 7, next_low = 'low' WHERE TRUE");
    ledger.query("UPDATE control.state__items SET seq = 2 WHERE TRUE");
    assertThat(ledger.row("sync_state", "orders"))
        .containsEntry("seq", "7")
        .containsEntry("next_low", "low");
    assertThat(ledger.query("SELECT table_name FROM control.sync_state ORDER BY table_name"))
        .extracting(row -> row.get("table_name"))
        .containsExactly("items", "orders");
  }

  @Test
  void viewsOfAnotherBuildAreReplacedOnce() {
    TableRef state = RunPlan.stateTable(LocalLedger.PROJECT, LocalLedger.DATASET, "any");
    ledger.warehouse.create(LedgerTables.state(state));
    ledger.query("CREATE OR REPLACE VIEW control.sync_tables AS SELECT 1 AS older");
    ledger.query(
        "CREATE OR REPLACE VIEW control.sync_state OPTIONS (labels = [('definition', 'older')])"
            + " AS SELECT 1 AS older");
    refreshAsAnInstance();
    assertThat(ledger.query("SELECT consecutive_failures FROM control.sync_tables")).isNotEmpty();
    LedgerViews views = new LedgerViews(LocalLedger.PROJECT, LocalLedger.DATASET);
    assertThat(ledger.warehouse.describe(views.ofStates().ref()).orElseThrow().labels())
        .containsEntry(LedgerViews.DEFINITION, views.definition())
        .containsEntry("managed_by", "deltaferry");

    ledger.query("CREATE OR REPLACE VIEW control.sync_control AS SELECT 1 AS mine");
    refreshAsAnInstance();
    assertThat(ledger.query("SELECT mine FROM control.sync_control")).hasSize(1);
    views.ofRuns().forEach(view -> ledger.warehouse.query(views.create(view)));
  }

  private void refreshAsAnInstance() {
    new LedgerSchema(ledger.warehouse, LocalLedger.PROJECT, LocalLedger.DATASET).refresh();
  }

  @Test
  void rowsAreAddedAndNeverChanged() {
    ledger.append(ledger.planned("kept", 1, 5, null));
    assertThatThrownBy(() -> ledger.query("DELETE FROM control.sync_events WHERE TRUE"))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("streaming buffer");
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
    String columns =
        "table_name, seq, request_id, mode, low_reason, bound_reason, rows_overlap, rows_extracted, rows_loaded, rows_merged,"
            + " null_cursors, losses, parts, bytes_staged, definition_hash, requested_at,"
            + " extract_started, extract_finished, merged_at, version";
    ledger.warehouse.query(
        new Statement(
            """
            INSERT INTO control.sync_runs (%s)
            VALUES (@table, @seq, 'r', 'incremental', 'STATE', 'NONE', 0, 6, 6, 5, 0, '{}', 1, 60, 'd',
              TIMESTAMP '2026-01-01 00:00:00+00', TIMESTAMP '2026-01-01 00:00:00+00',
              TIMESTAMP '2026-01-01 00:01:00+00', TIMESTAMP '2026-01-01 00:02:00+00', 'v')"""
                .formatted(columns),
            Map.of("table", new Statement.Text(table), "seq", new Statement.Int64(seq))));
  }

  private static SyncEvent request(String table, Kind kind, String id) {
    return new SyncEvent(kind, id, Instant.now(), table, null, id, Map.of());
  }

  private static double number(Map<String, @Nullable String> row, String column) {
    String value = row.get(column);
    assertThat(value).as("%s of %s", column, row).isNotNull();
    return Double.parseDouble(value);
  }
}
