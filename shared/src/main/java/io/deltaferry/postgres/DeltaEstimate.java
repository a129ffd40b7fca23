package io.deltaferry.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.sql.DeltaQuery;
import java.time.Duration;

/**
 * How many rows the database's planner expects; it reads its statistics and no row. The planner
 * locks the table as a reader does, and an estimate is not worth waiting for one.
 */
public final class DeltaEstimate {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration PATIENCE = Duration.ofMillis(200);

  private DeltaEstimate() {}

  /**
   * The rows of the delta, about; never negative, and 0 while somebody rewrites the table.
   *
   * @throws DeltaferryException SOURCE_*, as the delta's own statement would
   */
  public static long rows(DeltaQuery query, PostgresSession session) {
    String what = "estimating the rows of " + query.source().describe();
    lockTimeout(session, PATIENCE, what);
    try {
      return planned(session.text(query.explain(), what).orElse(""), what);
    } catch (DeltaferryException e) {
      if (e.kind() == ErrorKind.PERMANENT) {
        throw e;
      }
      return 0;
    } finally {
      lockTimeout(session, SessionPins.LOCK_TIMEOUT, what);
    }
  }

  private static void lockTimeout(PostgresSession session, Duration timeout, String what) {
    session.row(
        "SELECT pg_catalog.set_config('lock_timeout', '" + timeout.toMillis() + "', false)", what);
  }

  private static long planned(String text, String what) {
    try {
      JsonNode rows = JSON.readTree(text).path(0).path("Plan").path("Plan Rows");
      return Math.max(0, rows.asLong());
    } catch (JsonProcessingException e) {
      throw new DeltaferryException(
          ErrorCode.SOURCE_QUERY_FAILED, what + ": the answer to EXPLAIN is no JSON", e);
    }
  }
}
