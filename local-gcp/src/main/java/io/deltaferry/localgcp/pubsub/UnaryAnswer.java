package io.deltaferry.localgcp.pubsub;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers a unary call with a value or with the status of the failure. */
final class UnaryAnswer {
  private static final Logger log = LoggerFactory.getLogger(UnaryAnswer.class);

  private UnaryAnswer() {}

  static <T> void send(StreamObserver<T> client, Supplier<T> work) {
    T value;
    try {
      value = work.get();
    } catch (RuntimeException e) {
      client.onError(statusOf(e));
      return;
    }
    client.onNext(value);
    client.onCompleted();
  }

  static StatusRuntimeException statusOf(Throwable failure) {
    if (failure instanceof StatusRuntimeException refusal) {
      return refusal;
    }
    log.error("a Pub/Sub call failed", failure);
    return Status.INTERNAL.withDescription(failure.getMessage()).asRuntimeException();
  }
}
