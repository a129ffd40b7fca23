package io.deltaferry.gcp;

import com.google.cloud.storage.StorageException;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;

/** Cloud Storage's refusals in our words. */
final class StorageErrors {
  static final int PRECONDITION_FAILED = 412;
  static final int NOT_FOUND = 404;

  private StorageErrors() {}

  /** Every one is transient: buckets and grants may appear late, and the service may be away. */
  static DeltaferryException unavailable(String doing, String bucket, Exception cause) {
    String why =
        switch (cause instanceof StorageException storage ? storage.getCode() : 0) {
          case NOT_FOUND -> "the bucket does not exist; create it, or correct `bucket`";
          case 401, 403 ->
              "access is denied; grant this service's identity its roles on the bucket";
          default -> "Cloud Storage does not answer as it should (" + cause.getMessage() + ")";
        };
    return new DeltaferryException(
        ErrorCode.STAGING_UNAVAILABLE, doing + " in gs://" + bucket + ": " + why, cause);
  }
}
