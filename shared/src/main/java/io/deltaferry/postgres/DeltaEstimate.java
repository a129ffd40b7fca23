package io.deltaferry.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.DeltaQuery;

/** How many rows the database's planner expects; it reads its statistics and no row. */
public final class DeltaEstimate {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DeltaEstimate() {}

  /**
   * The rows of the delta, about; never negative.
   *
   * @throws DeltaferryException SOURCE_*, as the delta's own statement would
   */
  public static long rows(DeltaQuery query, PostgresSession session) {
    String what = "estimating the rows of " + query.source().describe();
    String text = session.text(query.explain(), what).orElse("");
    try {
      JsonNode rows = JSON.readTree(text).path(0).path("Plan").path("Plan Rows");
      return Math.max(0, rows.asLong());
    } catch (JsonProcessingException e) {
      throw new DeltaferryException(
          ErrorCode.SOURCE_QUERY_FAILED, what + ": the answer to EXPLAIN is no JSON", e);
    }
  }
}
