package io.deltaferry.sql;

import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import java.util.List;
import java.util.Map;

/**
 * The table {@code sync_events}: rows are added and never changed, and one event may stand there
 * twice. Whoever reads it takes the first row of each id, as the views do.
 */
public final class EventsTable {
  private static final String TIME = "event_time";

  private static final List<WarehouseColumn> COLUMNS =
      List.of(
          new WarehouseColumn("event_id", "STRING", true),
          new WarehouseColumn("event", "STRING", true),
          new WarehouseColumn(TIME, "TIMESTAMP", true),
          new WarehouseColumn("table_name", "STRING", true),
          optional("seq", "INT64"),
          optional("request_id", "STRING"),
          optional("mode", "STRING"),
          optional("requested_at", "TIMESTAMP"),
          optional("read_at", "TIMESTAMP"),
          optional("estimated_rows", "INT64"),
          optional("slices", "INT64"),
          optional("expiry_seconds", "INT64"),
          optional("quarantined", "STRING"),
          optional("slice", "STRING"),
          optional("started_at", "TIMESTAMP"),
          optional("row_count", "INT64"),
          optional("byte_count", "INT64"),
          optional("stage", "STRING"),
          optional("delivery_attempt", "INT64"),
          optional("error_code", "STRING"),
          optional("error", "STRING"));

  private EventsTable() {}

  /** The ledger's table of events, of a control dataset. */
  public static TableRef ref(String project, String controlDataset) {
    return new TableRef(project, controlDataset, "sync_events");
  }

  /** The table, with a partition for each day, so that the views read the days they show. */
  public static NewTable of(TableRef ref) {
    return new NewTable(
        ref,
        COLUMNS,
        Map.of("managed_by", "deltaferry"),
        null,
        "Deltaferry: what happened to runs",
        TableLayout.daily(TIME));
  }

  /**
   * For each run of the last two days that has no end: whether it is loaded, and what happened
   * last.
   */
  public static Statement openRuns(TableRef ref) {
    return Statement.of(
        """
        SELECT table_name, seq, loaded, event, error_code, error
        FROM (
          SELECT
            *,
            MAX(IF(event = 'loaded', 1, 0)) OVER (PARTITION BY table_name, seq) AS loaded,
            ROW_NUMBER() OVER (PARTITION BY table_name, seq ORDER BY event_time DESC) AS age
          FROM %s
          WHERE event_time >= TIMESTAMP_SUB(CURRENT_TIMESTAMP(), INTERVAL 2 DAY)
            AND seq IS NOT NULL
        )
        WHERE age = 1 AND event NOT IN ('completed', 'empty', 'failed', 'superseded')"""
            .formatted(BqIdentifier.of(ref.project(), ref.dataset(), ref.table()).sql()));
  }

  private static WarehouseColumn optional(String name, String type) {
    return new WarehouseColumn(name, type, false);
  }
}
