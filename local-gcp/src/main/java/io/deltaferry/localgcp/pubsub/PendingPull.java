package io.deltaferry.localgcp.pubsub;

import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One unary pull that waits for messages. */
final class PendingPull implements DeliveryConsumer {
  private final Delivery delivery;
  private final int max;
  private final CompletableFuture<List<Lease>> answer = new CompletableFuture<>();

  PendingPull(Delivery delivery, int max) {
    this.delivery = delivery;
    this.max = max;
  }

  /** Completes with the leases; cancelling it ends the wait. */
  CompletableFuture<List<Lease>> answer() {
    return answer;
  }

  @Override
  public void take() {
    if (answer.isDone()) {
      return;
    }
    try {
      delivery.checkPullable();
    } catch (StatusRuntimeException e) {
      answer.completeExceptionally(e);
      return;
    }
    Duration deadline = Duration.ofSeconds(delivery.definition().getAckDeadlineSeconds());
    List<Lease> leases = delivery.lease(max, Lease.MAX_BATCH_BYTES, deadline);
    if (!leases.isEmpty() && !answer.complete(leases)) {
      // The caller went away in between: nobody will acknowledge these.
      delivery.modifyDeadline(leases.stream().map(Lease::ackId).toList(), Duration.ZERO);
    }
  }
}
