package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import java.time.Duration;

/** How long a message waits before it is delivered again: doubling from minimum to maximum. */
record RetryBackoff(Duration minimum, Duration maximum) {
  private static final int MAX_DOUBLINGS = 30;

  /** Pull without a retry policy: at once. */
  private static final RetryBackoff NONE = new RetryBackoff(Duration.ZERO, Duration.ZERO);

  /** Push without a retry policy: the push backoff that Pub/Sub documents. */
  private static final RetryBackoff PUSH =
      new RetryBackoff(Duration.ofMillis(100), Duration.ofSeconds(60));

  static RetryBackoff of(Subscription definition) {
    if (definition.hasRetryPolicy()) {
      RetryPolicy policy = definition.getRetryPolicy();
      return new RetryBackoff(
          Times.of(policy.getMinimumBackoff()), Times.of(policy.getMaximumBackoff()));
    }
    return SubscriptionRules.isPush(definition) ? PUSH : NONE;
  }

  /**
   * @param attempts deliveries so far, at least 1
   */
  Duration after(int attempts) {
    Duration wait = minimum.multipliedBy(1L << Math.min(attempts - 1, MAX_DOUBLINGS));
    return wait.compareTo(maximum) > 0 ? maximum : wait;
  }
}
