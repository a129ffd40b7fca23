package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Pull, acknowledge, change deadlines: what a subscriber that is not a stream does. */
final class Pulls {
  /** A pull without messages answers empty after this; the service too gives up at some time. */
  private static final Duration MAX_WAIT = Duration.ofSeconds(5);

  private static final Pattern ACK_ID = Pattern.compile("\\d+-\\d+-\\d+(-copy)?");

  private final Deliveries deliveries;

  Pulls(Deliveries deliveries) {
    this.deliveries = deliveries;
  }

  /** Completes once there are messages, or empty after a few seconds. */
  CompletableFuture<PullResponse> pull(PullRequest request) {
    Delivery delivery = requirePull(request.getSubscription());
    Ranges.require("max_messages", request.getMaxMessages(), 1, Integer.MAX_VALUE);
    PendingPull pending = new PendingPull(delivery, request.getMaxMessages());
    Duration wait = immediately(request) ? Duration.ofMillis(100) : MAX_WAIT;
    delivery.attach(pending);
    pending.answer().completeOnTimeout(List.of(), wait.toMillis(), TimeUnit.MILLISECONDS);
    CompletableFuture<PullResponse> result =
        pending.answer().thenApply(leases -> response(leases, delivery.definition()));
    // The future handed out, not one derived from this action: cancelling it must end the wait,
    // else messages would be leased for a caller who went away.
    var unused =
        result.whenComplete(
            (response, failure) -> {
              pending.answer().cancel(false);
              delivery.detach(pending);
            });
    return result;
  }

  @SuppressWarnings("deprecation") // Deprecated for clients; old ones still send it.
  private static boolean immediately(PullRequest request) {
    return request.getReturnImmediately();
  }

  void acknowledge(AcknowledgeRequest request) {
    Delivery delivery = deliveries.require(request.getSubscription());
    delivery.acknowledge(checked(request.getAckIdsList()));
  }

  void modifyAckDeadline(ModifyAckDeadlineRequest request) {
    Delivery delivery = deliveries.require(request.getSubscription());
    Ranges.require("ack_deadline_seconds", request.getAckDeadlineSeconds(), 0, 600);
    delivery.modifyDeadline(
        checked(request.getAckIdsList()), Duration.ofSeconds(request.getAckDeadlineSeconds()));
  }

  /** The subscription, which must be one that may be pulled from. */
  Delivery requirePull(String name) {
    Delivery delivery = deliveries.require(name);
    delivery.checkPullable();
    return delivery;
  }

  static List<String> checked(List<String> ackIds) {
    if (ackIds.isEmpty()) {
      throw Refusal.invalid("No ack ids specified.");
    }
    for (String id : ackIds) {
      if (!ACK_ID.matcher(id).matches()) {
        throw Refusal.invalid(
            "You have passed an invalid ack ID to the service (ack_id=" + id + ").");
      }
    }
    return ackIds;
  }

  private static PullResponse response(List<Lease> leases, Subscription definition) {
    PullResponse.Builder response = PullResponse.newBuilder();
    leases.forEach(lease -> response.addReceivedMessages(received(lease, definition)));
    return response.build();
  }

  /** The attempt is told only where there is a dead letter policy, as the service does. */
  static ReceivedMessage received(Lease lease, Subscription definition) {
    return ReceivedMessage.newBuilder()
        .setAckId(lease.ackId())
        .setMessage(lease.message())
        .setDeliveryAttempt(definition.hasDeadLetterPolicy() ? lease.attempt() : 0)
        .build();
  }
}
