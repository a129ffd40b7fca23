package io.deltaferry.cli.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.SyncEvent.Kind;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.sql.EventsTable;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.LedgerViews;
import io.deltaferry.table.TableRef;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tables of the ledger and its views as BigQuery keeps them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LedgerSchemaMeaningTest {
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
}
