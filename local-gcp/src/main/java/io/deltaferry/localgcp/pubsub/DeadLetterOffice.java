package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;

/** Takes the messages a subscription gave up on. */
@FunctionalInterface
interface DeadLetterOffice {
  /** Publishes {@code message}; false when the topic does not exist, and nothing happened. */
  boolean forward(String deadLetterTopic, PubsubMessage message);
}
