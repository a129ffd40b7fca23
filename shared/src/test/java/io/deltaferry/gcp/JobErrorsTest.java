package io.deltaferry.gcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobErrorsTest {
  private static final String QUOTING = "Invalid timestamp: 's3cr3t'";

  @Test
  void aValueIsNotToldHoweverTheFailureArrives() {
    BigQueryError error = new BigQueryError("invalidQuery", null, QUOTING);
    assertThat(JobErrors.of("job df_merge", error).getMessage()).doesNotContain("s3cr3t");
    assertThat(thrown(400, QUOTING, error).getMessage())
        .startsWith("reading from BigQuery: Invalid timestamp: ")
        .doesNotContain("s3cr3t");
    assertThat(thrown(500, QUOTING, null).getMessage()).doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource({
    "400, invalidQuery, WAREHOUSE_REFUSED",
    "400, invalid, WAREHOUSE_REFUSED",
    // Grants and metadata propagate late.
    "403, accessDenied, WAREHOUSE_UNAVAILABLE",
    "404, notFound, WAREHOUSE_UNAVAILABLE",
    "403, quotaExceeded, WAREHOUSE_UNAVAILABLE",
    "503, backendError, WAREHOUSE_UNAVAILABLE",
  })
  void theReasonDecidesWhetherItIsTriedAgain(int status, String reason, ErrorCode code) {
    assertThat(thrown(status, "no", new BigQueryError(reason, null, "no")).code()).isEqualTo(code);
  }

  @Test
  void aTransactionThatLostIsTriedAgain() {
    BigQueryError lost =
        new BigQueryError(
            "invalidQuery",
            null,
            "Transaction is aborted due to concurrent update against table t");
    assertThat(JobErrors.isFinal(lost)).isFalse();
  }

  private static DeltaferryException thrown(
      int status, String message, @Nullable BigQueryError error) {
    return JobErrors.of("reading from BigQuery", new BigQueryException(status, message, error));
  }
}
