package io.deltaferry.gcp;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.InsertAllRequest;
import com.google.cloud.bigquery.InsertAllResponse;
import com.google.cloud.bigquery.TableId;
import com.google.common.collect.Lists;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.Ledger;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.table.TableRef;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of the ledger, streamed into their table: no job, no slot, and no turn to wait for
 * beside others that write there.
 */
public final class BigQueryLedger implements Ledger {
  private static final Logger log = LoggerFactory.getLogger(BigQueryLedger.class);

  private static final int NOT_FOUND = 404;

  /** What Google advises for one request. */
  private static final int ROWS = 500;

  /** A table that was just created is not known everywhere at once. */
  private static final List<Long> PAUSES = List.of(0L, 200L, 800L);

  private final BigQuery bigQuery;
  private final TableRef table;
  private final Runnable create;

  /**
   * Takes the table of events.
   *
   * @param create makes the table, which is missing
   */
  public BigQueryLedger(BigQuery bigQuery, TableRef table, Runnable create) {
    this.bigQuery = bigQuery;
    this.table = table;
    this.create = create;
  }

  @Override
  public void append(List<SyncEvent> events) {
    for (List<SyncEvent> some : Lists.partition(events, ROWS)) {
      InsertAllRequest request = request(some);
      if (!insert(request)) {
        create.run();
        insertIntoNew(request);
      }
    }
  }

  private void insertIntoNew(InsertAllRequest request) {
    for (long pause : PAUSES) {
      pause(pause);
      if (insert(request)) {
        return;
      }
    }
    throw new DeltaferryException(
        ErrorCode.WAREHOUSE_UNAVAILABLE,
        table + " was created and is not to be found yet; tried again meanwhile");
  }

  /** False when there is no such table. */
  private boolean insert(InsertAllRequest request) {
    InsertAllResponse response;
    try {
      response = bigQuery.insertAll(request);
    } catch (BigQueryException e) {
      if (e.getCode() == NOT_FOUND) {
        log.info("{} is not to be found", table);
        return false;
      }
      throw JobErrors.of("appending to " + table, e);
    }
    response.getInsertErrors().values().stream()
        .flatMap(List::stream)
        .filter(error -> !"stopped".equals(error.getReason()))
        .findFirst()
        .ifPresent(this::refused);
    return true;
  }

  private void refused(BigQueryError error) {
    throw JobErrors.of("appending to " + table + " (" + error.getLocation() + ")", error);
  }

  private InsertAllRequest request(List<SyncEvent> events) {
    InsertAllRequest.Builder request =
        InsertAllRequest.newBuilder(TableId.of(table.project(), table.dataset(), table.table()));
    // A table that an older version made may lack what a newer one tells.
    request.setIgnoreUnknownValues(true);
    events.forEach(event -> request.addRow(event.id(), row(event)));
    return request.build();
  }

  private static Map<String, Object> row(SyncEvent event) {
    Map<String, Object> row = new HashMap<>();
    event.facts().forEach((name, value) -> row.put(name, cell(value)));
    row.put("event_id", event.id());
    row.put("event", event.kind().word());
    row.put("event_time", cell(event.time()));
    row.put("table_name", event.table());
    if (event.seq() != null) {
      row.put("seq", event.seq());
    }
    if (event.requestId() != null) {
      row.put("request_id", event.requestId());
    }
    return row;
  }

  private static Object cell(Object value) {
    return value instanceof Instant instant ? WarehouseTypes.text(instant) : value;
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeltaferryException(
          ErrorCode.WAREHOUSE_UNAVAILABLE, "interrupted while waiting for the ledger", e);
    }
  }
}
