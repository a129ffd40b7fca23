package io.deltaferry.cli;

import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import io.deltaferry.cli.DoctorStack.Running;
import io.deltaferry.cli.local.PubSubAdmin;
import java.util.List;
import java.util.function.UnaryOperator;

/** What can be wrong with a subscription. */
final class DoctorSubscriptions {
  private static final int SHORT_SECONDS = 60;

  private DoctorSubscriptions() {}

  /** Its deadline ends before a handler does, and a quiet month ends it. */
  static void hurry(Running stack, String name) {
    change(
        stack,
        name,
        found ->
            found
                .setAckDeadlineSeconds(SHORT_SECONDS)
                .setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(Durations.fromDays(31))),
        "ack_deadline_seconds",
        "expiration_policy");
  }

  /** Nothing is kept of what it gives up, and it gives up at once. */
  static void forget(Running stack, String name) {
    change(
        stack,
        name,
        found -> found.clearDeadLetterPolicy().clearRetryPolicy(),
        "dead_letter_policy",
        "retry_policy");
  }

  private static void change(
      Running stack, String name, UnaryOperator<Subscription.Builder> change, String... fields) {
    try (PubSubAdmin pubSub = stack.pubSub()) {
      Subscription found =
          pubSub
              .subscriptions()
              .getSubscription(SubscriptionName.format(DoctorStack.PROJECT, name));
      pubSub
          .subscriptions()
          .updateSubscription(
              change.apply(found.toBuilder()).build(),
              FieldMask.newBuilder().addAllPaths(List.of(fields)).build());
    }
  }
}
