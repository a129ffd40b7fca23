package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.sql.SQLException;

/** What one kind of job does; a {@link JobFailure} ends the job with its errors. */
@FunctionalInterface
interface Execution {
  Outcome run(Job job, Session session) throws SQLException, IOException;

  /**
   * Checks the job and changes nothing.
   *
   * @throws GoogleError notImplemented, unless it is a query
   */
  default Outcome dryRun(Job job, Session session) throws SQLException {
    throw new GoogleError(501, "notImplemented", "Only queries can be dry-run here");
  }

  /**
   * What a successful job adds to itself.
   *
   * @param configuration as submitted, with what was filled in, such as the anonymous table of a
   *     query's rows
   * @param statistics the part of {@code statistics} beyond the times
   */
  record Outcome(ObjectNode configuration, ObjectNode statistics) {}
}
