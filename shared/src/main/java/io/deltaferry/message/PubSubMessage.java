package io.deltaferry.message;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as Pub/Sub delivered it.
 *
 * @param text the data, decoded as UTF-8
 * @param deliveryAttempt from 1; null unless the subscription has a dead-letter topic
 * @param subscription full name; null where the envelope does not say
 */
public record PubSubMessage(
    String messageId,
    Instant publishTime,
    Map<String, String> attributes,
    String text,
    @Nullable Integer deliveryAttempt,
    @Nullable String subscription)
    implements IncomingEvent {
  public PubSubMessage {
    attributes = Map.copyOf(attributes);
  }

  /** The same message at another attempt; null for one that nobody counts. */
  public PubSubMessage delivered(@Nullable Integer attempt) {
    return new PubSubMessage(messageId, publishTime, attributes, text, attempt, subscription);
  }

  /** The data's bytes. */
  public byte[] data() {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
