package io.deltaferry.cli.chaos;

import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.ProjectName;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;

/**
 * Lets Pub/Sub wait less before it delivers again: what fails on purpose every few seconds would
 * spend its time there, and the more often it is tried the more may go wrong.
 */
final class Redelivery {
  private static final RetryPolicy SOON =
      RetryPolicy.newBuilder()
          .setMinimumBackoff(Durations.fromMillis(100))
          .setMaximumBackoff(Durations.fromMillis(1_000))
          .build();

  private Redelivery() {}

  /** Of everything that is pushed. */
  static void soon(GoogleClients clients) {
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      SubscriptionAdminClient subscriptions = admin.subscriptions();
      for (Subscription one :
          subscriptions.listSubscriptions(ProjectName.of(clients.project())).iterateAll()) {
        if (!one.getPushConfig().getPushEndpoint().isEmpty()) {
          subscriptions.updateSubscription(
              one.toBuilder().setRetryPolicy(SOON).build(),
              FieldMask.newBuilder().addPaths("retry_policy").build());
        }
      }
    }
  }
}
