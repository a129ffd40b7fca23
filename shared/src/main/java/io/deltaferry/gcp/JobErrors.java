package io.deltaferry.gcp;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** BigQuery's reasons in our two kinds. */
final class JobErrors {
  /**
   * Reasons that the content of the job decides; the same job fails again. All others, {@code
   * accessDenied} and {@code notFound} included, may heal: grants and metadata propagate late.
   */
  private static final Set<String> FINAL =
      Set.of(
          "invalid",
          "invalidQuery",
          "billingTierLimitExceeded",
          "bytesBilledLimitExceeded",
          "responseTooLarge",
          "resourcesExceeded",
          "duplicate");

  private JobErrors() {}

  static boolean isFinal(@Nullable BigQueryError error) {
    return error != null && FINAL.contains(String.valueOf(error.getReason())) && !conflicts(error);
  }

  /** A transaction that lost against a concurrent one says so in its text only. */
  private static boolean conflicts(BigQueryError error) {
    return String.valueOf(error.getMessage()).contains("concurrent update");
  }

  static DeltaferryException of(String doing, BigQueryException cause) {
    BigQueryError error = cause.getError();
    ErrorCode code = isFinal(error) ? ErrorCode.WAREHOUSE_REFUSED : ErrorCode.WAREHOUSE_UNAVAILABLE;
    return new DeltaferryException(code, doing + ": " + explain(error, cause), cause);
  }

  static DeltaferryException of(String doing, BigQueryError error) {
    ErrorCode code = isFinal(error) ? ErrorCode.WAREHOUSE_REFUSED : ErrorCode.WAREHOUSE_UNAVAILABLE;
    return new DeltaferryException(
        code, doing + ": " + RedactedMessage.of(String.valueOf(error.getMessage())));
  }

  private static String explain(@Nullable BigQueryError error, BigQueryException cause) {
    String message =
        RedactedMessage.of(String.valueOf(error == null ? cause.getMessage() : error.getMessage()));
    return switch (cause.getCode()) {
      case 401, 403 ->
          message + " (grant this service's identity its roles; tried again meanwhile)";
      case 404 -> message + " (create it, or correct the table file; tried again meanwhile)";
      default -> message;
    };
  }
}
