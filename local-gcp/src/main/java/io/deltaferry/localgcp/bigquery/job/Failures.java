package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.sql.EngineErrors;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns what went wrong in a job into what BigQuery would have said. */
final class Failures {
  private static final Logger log = LoggerFactory.getLogger(Failures.class);

  private Failures() {}

  /**
   * The error of a failed job.
   *
   * @param written the table the failed statement writes, null when unknown
   */
  static JobFailure of(Throwable failure, @Nullable TableId written) {
    if (failure instanceof JobFailure known) {
      return known;
    }
    if (failure instanceof GoogleError refusal) {
      return new JobFailure(refused(refusal));
    }
    if (failure instanceof SQLException sql) {
      return new JobFailure(database(sql, written));
    }
    if (failure instanceof StackOverflowError) {
      return new JobFailure(
          JobError.of(
              "resourcesExceeded",
              "Not enough resources for query planning - too many subqueries or query is too"
                  + " complex."));
    }
    log.error("a job failed inside the local BigQuery", failure);
    boolean unreadable = failure instanceof IOException || failure instanceof UncheckedIOException;
    String reason = unreadable ? "backendError" : "internalError";
    String message = failure.getMessage();
    return new JobFailure(JobError.of(reason, message == null ? failure.toString() : message));
  }

  private static JobError refused(GoogleError refusal) {
    return refusal.reason().equals("invalidQuery")
        ? JobError.invalidQuery(refusal.getMessage())
        : JobError.of(refusal.reason(), refusal.getMessage());
  }

  private static JobError database(SQLException failure, @Nullable TableId written) {
    String message = String.valueOf(failure.getMessage());
    if (Session.isConflict(failure)) {
      return written == null
          ? JobError.invalidQuery("Transaction is aborted due to concurrent update")
          : JobFailure.concurrentUpdate(written).error();
    }
    if (message.startsWith("Out of Memory Error")) {
      return JobError.of(
          "resourcesExceeded",
          "Resources exceeded during query execution: the local BigQuery's memory limit is"
              + " reached; give it more");
    }
    if (message.startsWith("INTERRUPT Error")) {
      return JobFailure.cancelled().error();
    }
    return JobError.invalidQuery(EngineErrors.message(failure));
  }
}
