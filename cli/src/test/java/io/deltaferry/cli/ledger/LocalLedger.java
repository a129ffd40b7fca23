package io.deltaferry.cli.ledger;

import com.google.cloud.bigquery.DatasetInfo;
import io.deltaferry.cli.google.LocalGoogle;
import io.deltaferry.gcp.BigQueryLedger;
import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.run.SyncEvent.Kind;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.sql.EventsTable;
import io.deltaferry.sql.Statement;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A ledger in a local BigQuery, written as the services write theirs. */
final class LocalLedger implements AutoCloseable {
  static final String PROJECT = LocalGoogle.PROJECT;
  static final String DATASET = "control";

  /** From which the times of all events are counted. */
  private final Instant now = Instant.now();

  private final LocalGoogle google;
  final BigQueryWarehouse warehouse;
  final LedgerSchema schema;
  final BigQueryLedger ledger;

  LocalLedger(Path directory) throws Exception {
    google = new LocalGoogle(directory);
    google.bigQuery().create(DatasetInfo.of(DATASET));
    warehouse = google.warehouse(Duration.ofMinutes(1));
    schema = new LedgerSchema(warehouse, PROJECT, DATASET);
    ledger =
        new BigQueryLedger(google.bigQuery(), EventsTable.ref(PROJECT, DATASET), schema::create);
  }

  /** How long ago everything is that was said to be now; seconds. */
  double age() {
    return Duration.between(now, Instant.now()).toMillis() / 1_000.0;
  }

  /** Something that happened to run {@code seq} of a table some seconds ago. */
  SyncEvent event(
      String table,
      long seq,
      Kind kind,
      String detail,
      long secondsAgo,
      Map<String, Object> facts) {
    return new SyncEvent(
        kind, detail, now.minusSeconds(secondsAgo), table, seq, "request-" + seq, facts);
  }

  SyncEvent planned(String table, long seq, long secondsAgo, @Nullable Long estimate) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("mode", "incremental");
    facts.put("slices", 1L);
    facts.put("expiry_seconds", 3_600L);
    facts.put("requested_at", now.minusSeconds(secondsAgo + 1));
    facts.put("read_at", now.minusSeconds(secondsAgo));
    if (estimate != null) {
      facts.put("estimated_rows", estimate);
    }
    return event(table, seq, Kind.PLANNED, "", secondsAgo, facts);
  }

  SyncEvent staged(String table, long seq, String slice, long secondsAgo, long rows) {
    return event(
        table,
        seq,
        Kind.SLICE_STAGED,
        slice,
        secondsAgo,
        Map.of("slice", slice, "row_count", rows, "byte_count", 10 * rows));
  }

  SyncEvent ended(String table, long seq, Kind kind, long secondsAgo, long rows) {
    Map<String, Object> facts = new HashMap<>(Map.of("row_count", rows));
    if (kind == Kind.FAILED) {
      facts.put("error_code", "KEY_DUPLICATED");
      facts.put("error", "a key stands twice");
    }
    return event(table, seq, kind, "", secondsAgo, facts);
  }

  void append(SyncEvent... events) {
    ledger.append(List.of(events));
  }

  List<Map<String, @Nullable String>> query(String sql) {
    return warehouse.query(Statement.of(sql));
  }

  /** The only row that is of this table. */
  Map<String, @Nullable String> row(String view, String table) {
    List<Map<String, @Nullable String>> rows =
        query("SELECT * FROM %s.%s WHERE table_name = '%s'".formatted(DATASET, view, table));
    if (rows.size() != 1) {
      throw new AssertionError(view + " has not one row of " + table + ": " + rows);
    }
    return rows.get(0);
  }

  /** A cell that is a number. */
  static double number(Map<String, @Nullable String> row, String column) {
    String value = row.get(column);
    if (value == null) {
      throw new AssertionError(column + " is missing: " + row);
    }
    return Double.parseDouble(value);
  }

  @Override
  public void close() {
    google.close();
  }
}
