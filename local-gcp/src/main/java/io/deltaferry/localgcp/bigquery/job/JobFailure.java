package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import java.io.Serial;
import java.util.List;

/** Ends a job with BigQuery's error; the first error is the result. */
final class JobFailure extends RuntimeException {
  @Serial private static final long serialVersionUID = 1L;

  private final transient List<JobError> errors;
  private final transient ObjectNode statistics;

  JobFailure(JobError error) {
    this(List.of(error), JsonNodeFactory.instance.objectNode());
  }

  /**
   * @param statistics what is known although the job failed, such as a load's bad records
   */
  JobFailure(List<JobError> errors, ObjectNode statistics) {
    super(errors.get(0).message());
    this.errors = List.copyOf(errors);
    this.statistics = statistics;
  }

  static JobFailure invalid(String message) {
    return new JobFailure(JobError.of("invalid", message));
  }

  static JobFailure invalidQuery(String message) {
    return new JobFailure(JobError.invalidQuery(message));
  }

  static JobFailure notFound(String message) {
    return new JobFailure(JobError.of("notFound", message));
  }

  /** For a statement about tables that names a view, or the other way round. */
  static JobFailure wrongKind(TableEntry entry) {
    return invalidQuery(
        entry.id()
            + " is not allowed for this operation because it is currently a "
            + entry.kind()
            + ".");
  }

  static JobFailure cancelled() {
    return new JobFailure(
        JobError.of("stopped", "Job execution was cancelled: User requested cancellation"));
  }

  static JobFailure concurrentUpdate(TableId table) {
    return JobFailure.invalidQuery(
        "Transaction is aborted due to concurrent update against table " + table);
  }

  List<JobError> errors() {
    return errors;
  }

  JobError error() {
    return errors.get(0);
  }

  ObjectNode statistics() {
    return statistics;
  }
}
