package io.deltaferry.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.gax.grpc.GrpcStatusCode;
import com.google.api.gax.rpc.ApiExceptionFactory;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.storage.StorageException;
import io.grpc.Status;
import java.io.IOException;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GoogleRefusalTest {
  private static final String DISABLED =
      "BigQuery API has not been used in project 12 before or it is disabled.";

  @Test
  void everyClientsFailureIsKnown() {
    Map<Throwable, GoogleRefusal> cases =
        Map.of(
            new StorageException(401, "Anonymous caller"),
            GoogleRefusal.NO_CREDENTIALS,
            new StorageException(403, "no storage.buckets.get"),
            GoogleRefusal.DENIED,
            new StorageException(404, "no bucket"),
            GoogleRefusal.NOT_FOUND,
            new BigQueryException(
                403, DISABLED, new BigQueryError("accessNotConfigured", "", DISABLED)),
            GoogleRefusal.API_DISABLED,
            new BigQueryException(403, "no jobs", new BigQueryError("accessDenied", "", "no jobs")),
            GoogleRefusal.DENIED,
            grpc(Status.Code.UNAUTHENTICATED, "who?"),
            GoogleRefusal.NO_CREDENTIALS,
            grpc(Status.Code.PERMISSION_DENIED, "not you"),
            GoogleRefusal.DENIED,
            grpc(Status.Code.PERMISSION_DENIED, DISABLED.replace("BigQuery", "Pub/Sub")),
            GoogleRefusal.API_DISABLED,
            new IllegalStateException(
                new IOException("Your default credentials were not found. To set up ..")),
            GoogleRefusal.NO_CREDENTIALS,
            new StorageException(0, "refused", new ConnectException("refused")),
            GoogleRefusal.UNREACHABLE);
    cases.forEach(
        (failure, refusal) ->
            assertThat(GoogleRefusal.of(failure)).as(failure.toString()).contains(refusal));
  }

  @Test
  void otherFailuresAreNone() {
    assertThat(
            List.of(
                    new StorageException(503, "busy"),
                    grpc(Status.Code.UNAVAILABLE, "busy"),
                    new IllegalStateException("odd"))
                .stream()
                .map(GoogleRefusal::of))
        .containsOnly(Optional.empty());
  }

  private static Throwable grpc(Status.Code code, String message) {
    return ApiExceptionFactory.createException(
        message, new IOException(message), GrpcStatusCode.of(code), /* retryable= */ false);
  }
}
