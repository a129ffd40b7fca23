package io.deltaferry.localgcp.pubsub;

/** Someone who takes messages from a subscription: a stream, a waiting pull, the push sender. */
@FunctionalInterface
interface DeliveryConsumer {
  /** Leases as many messages as it can take now, never blocking; one call at a time. */
  void take();
}
