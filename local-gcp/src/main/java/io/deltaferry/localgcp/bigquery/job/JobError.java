package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed, as {@code status.errorResult} says it.
 *
 * @param reason BigQuery's short name, such as {@code invalidQuery}
 * @param location where: {@code query}, or the URI of a source file; null when nowhere in
 *     particular
 */
public record JobError(String reason, @Nullable String location, String message) {
  public static JobError of(String reason, String message) {
    return new JobError(reason, null, message);
  }

  public static JobError invalidQuery(String message) {
    return new JobError("invalidQuery", "query", message);
  }

  /** The error proto of the REST API. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode().put("reason", reason);
    if (location != null) {
      json.put("location", location);
    }
    return json.put("message", message);
  }

  /** The HTTP status jobs.query and getQueryResults answer a failed job with. */
  public int httpStatus() {
    return switch (reason) {
      case "notFound" -> 404;
      case "duplicate" -> 409;
      case "accessDenied", "bytesBilledLimitExceeded", "rateLimitExceeded", "quotaExceeded" -> 403;
      case "backendError", "internalError", "jobInternalError" -> 500;
      case "notImplemented" -> 501;
      default -> 400;
    };
  }
}
