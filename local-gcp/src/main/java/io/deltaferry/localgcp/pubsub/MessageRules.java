package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What Pub/Sub accepts in a publish request: its documented limits. */
final class MessageRules {
  private static final int MAX_MESSAGES = 1_000;
  private static final long MAX_REQUEST_BYTES = 10_000_000;
  private static final int MAX_ATTRIBUTES = 100;
  private static final int MAX_KEY_BYTES = 256;
  private static final int MAX_VALUE_BYTES = 1_024;
  private static final int MAX_ORDERING_KEY_BYTES = 1_024;

  private MessageRules() {}

  static void check(List<PubsubMessage> messages) {
    if (messages.isEmpty() || messages.size() > MAX_MESSAGES) {
      throw Refusal.invalid("A publish request must have 1 to 1000 messages.");
    }
    long bytes = 0;
    for (PubsubMessage message : messages) {
      check(message);
      bytes += message.getSerializedSize();
    }
    if (bytes > MAX_REQUEST_BYTES) {
      throw Refusal.invalid(
          "Request payload size exceeds the limit: 10000000 bytes (is " + bytes + ").");
    }
  }

  private static void check(PubsubMessage message) {
    if (message.getData().isEmpty() && message.getAttributesMap().isEmpty()) {
      throw Refusal.invalid("One or more messages in the publish request is empty.");
    }
    if (message.getAttributesCount() > MAX_ATTRIBUTES) {
      throw Refusal.invalid("A message has more than 100 attributes.");
    }
    if (bytes(message.getOrderingKey()) > MAX_ORDERING_KEY_BYTES) {
      throw Refusal.invalid("An ordering key is longer than 1024 bytes.");
    }
    message.getAttributesMap().forEach(MessageRules::checkAttribute);
  }

  private static void checkAttribute(String key, String value) {
    if (key.isEmpty() || bytes(key) > MAX_KEY_BYTES || key.startsWith("goog")) {
      throw Refusal.invalid(
          "An attribute key must have 1 to 256 bytes and must not start with \"goog\".");
    }
    if (bytes(value) > MAX_VALUE_BYTES) {
      throw Refusal.invalid("The value of attribute " + key + " is longer than 1024 bytes.");
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
