package io.deltaferry.message;

import org.jspecify.annotations.Nullable;

/** What an HTTP request to a service turned out to carry. */
public sealed interface IncomingEvent permits PubSubMessage, ObjectFinalized {
  /** Which delivery this is, from 1; null where the envelope does not say. */
  @Nullable Integer deliveryAttempt();
}
