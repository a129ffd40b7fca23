package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.Duration;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import java.net.URI;
import java.util.Set;

/** What a subscription may be, and what it is where nothing was said. */
final class SubscriptionRules {
  /** The fields an update may change; name, topic, filter and ordering are for life. */
  static final Set<String> MUTABLE =
      Set.of(
          "push_config",
          "ack_deadline_seconds",
          "retain_acked_messages",
          "message_retention_duration",
          "labels",
          "expiration_policy",
          "dead_letter_policy",
          "retry_policy");

  private static final Duration WEEK = Durations.fromDays(7);
  private static final Duration MONTH = Durations.fromDays(31);
  private static final Duration MIN_BACKOFF = Durations.fromSeconds(10);
  private static final Duration MAX_BACKOFF = Durations.fromSeconds(600);

  private SubscriptionRules() {}

  static boolean isPush(Subscription definition) {
    return !definition.getPushConfig().getPushEndpoint().isEmpty();
  }

  /** Refuses a subscription that has nothing to pull. */
  static void checkPullable(Subscription definition) {
    String name = definition.getName();
    if (definition.getDetached()) {
      throw Refusal.precondition("The subscription is detached from its topic: " + name + ".");
    }
    if (isPush(definition)) {
      throw Refusal.precondition(
          "This method is not supported for this subscription type: " + name + " is push.");
    }
  }

  /** The subscription as the service would store it. */
  static Subscription complete(Subscription asked) {
    ResourceKind.SUBSCRIPTION.require(asked.getName());
    refuseUnsupported(asked);
    FilterParser.parse(asked.getFilter());
    checkPush(asked.getPushConfig());
    Subscription.Builder result = asked.toBuilder().setState(Subscription.State.ACTIVE);
    completeTimes(result);
    if (asked.hasRetryPolicy()) {
      result.setRetryPolicy(complete(asked.getRetryPolicy()));
    }
    if (asked.hasDeadLetterPolicy()) {
      result.setDeadLetterPolicy(complete(asked.getDeadLetterPolicy()));
    }
    return result.build();
  }

  private static void completeTimes(Subscription.Builder result) {
    if (result.getAckDeadlineSeconds() == 0) {
      result.setAckDeadlineSeconds(10);
    }
    Ranges.require("ack_deadline_seconds", result.getAckDeadlineSeconds(), 10, 600);
    if (!result.hasMessageRetentionDuration()) {
      result.setMessageRetentionDuration(WEEK);
    }
    Ranges.requireRetention(Durations.toSeconds(result.getMessageRetentionDuration()));
    if (!result.hasExpirationPolicy()) {
      result.setExpirationPolicy(ExpirationPolicy.newBuilder().setTtl(MONTH));
    }
    if (result.getExpirationPolicy().hasTtl()) {
      long seconds = Durations.toSeconds(result.getExpirationPolicy().getTtl());
      Ranges.require("expiration_policy.ttl (seconds)", seconds, 86_400, Long.MAX_VALUE);
    }
  }

  private static RetryPolicy complete(RetryPolicy asked) {
    Duration minimum = asked.hasMinimumBackoff() ? asked.getMinimumBackoff() : MIN_BACKOFF;
    Duration maximum = asked.hasMaximumBackoff() ? asked.getMaximumBackoff() : MAX_BACKOFF;
    Ranges.require("minimum_backoff (seconds)", Durations.toSeconds(minimum), 0, 600);
    Ranges.require("maximum_backoff (seconds)", Durations.toSeconds(maximum), 0, 600);
    if (Durations.compare(minimum, maximum) > 0) {
      throw Refusal.invalid("Invalid retry_policy: minimum_backoff is above maximum_backoff.");
    }
    return RetryPolicy.newBuilder().setMinimumBackoff(minimum).setMaximumBackoff(maximum).build();
  }

  private static DeadLetterPolicy complete(DeadLetterPolicy asked) {
    ResourceKind.TOPIC.require(asked.getDeadLetterTopic());
    int attempts = asked.getMaxDeliveryAttempts() == 0 ? 5 : asked.getMaxDeliveryAttempts();
    Ranges.require("max_delivery_attempts", attempts, 5, 100);
    return asked.toBuilder().setMaxDeliveryAttempts(attempts).build();
  }

  private static void checkPush(PushConfig push) {
    String endpoint = push.getPushEndpoint();
    if (endpoint.isEmpty()) {
      return;
    }
    if (!endpoint.matches("https?://[^/\\s]+\\S*") || !isUri(endpoint)) {
      throw Refusal.invalid("Invalid push endpoint given (endpoint=" + endpoint + ").");
    }
    if (push.hasOidcToken() && push.getOidcToken().getServiceAccountEmail().isEmpty()) {
      throw Refusal.invalid("Invalid push_config: oidc_token needs a service_account_email.");
    }
  }

  private static boolean isUri(String text) {
    try {
      return URI.create(text).getHost() != null;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static void refuseUnsupported(Subscription asked) {
    if (asked.hasBigqueryConfig() || asked.hasBigtableConfig() || asked.hasCloudStorageConfig()) {
      throw Refusal.unsupported("subscriptions that write to BigQuery, Bigtable or Cloud Storage");
    }
    if (asked.getEnableExactlyOnceDelivery()) {
      throw Refusal.unsupported("exactly-once delivery (enable_exactly_once_delivery)");
    }
    if (asked.getMessageTransformsCount() > 0) {
      throw Refusal.unsupported("message transforms (message_transforms)");
    }
  }
}
