package io.deltaferry.localgcp.pubsub;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;

/** The refusals of Pub/Sub, worded as the service words them. */
final class Refusal {
  private Refusal() {}

  static StatusRuntimeException notFound(String name) {
    return Status.NOT_FOUND
        .withDescription("Resource not found (resource=" + name + ").")
        .asRuntimeException();
  }

  static StatusRuntimeException alreadyExists(String name) {
    return Status.ALREADY_EXISTS
        .withDescription("Resource already exists in the project (resource=" + name + ").")
        .asRuntimeException();
  }

  static StatusRuntimeException invalid(String message) {
    return Status.INVALID_ARGUMENT.withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException precondition(String message) {
    return Status.FAILED_PRECONDITION.withDescription(message).asRuntimeException();
  }

  static StatusRuntimeException unsupported(String feature) {
    return Status.UNIMPLEMENTED
        .withDescription("The local Pub/Sub does not support " + feature + ".")
        .asRuntimeException();
  }
}
