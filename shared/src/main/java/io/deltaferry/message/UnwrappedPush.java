package io.deltaferry.message;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A push without wrapper: the body is the data, headers carry the rest. Without its metadata a
 * message has no id, so a repeated delivery could not be told from a new request.
 */
final class UnwrappedPush {
  static final String MESSAGE_ID = "x-goog-pubsub-message-id";

  private static final String PUBLISH_TIME = "x-goog-pubsub-publish-time";
  private static final String SUBSCRIPTION = "x-goog-pubsub-subscription-name";
  private static final String DELIVERY_ATTEMPT = "x-goog-pubsub-delivery-attempt";

  /** Attributes come as plain headers among all others, so only known ones can be picked out. */
  private static final List<String> ATTRIBUTES =
      List.of(
          "trigger",
          "table",
          "seq",
          "outcome",
          "schema_version",
          "eventType",
          "eventTime",
          "payloadFormat",
          "bucketId",
          "objectId",
          "objectGeneration");

  private UnwrappedPush() {}

  static PubSubMessage message(Headers headers, String text) {
    Instant publishTime =
        JsonFields.instant(
            "the header " + PUBLISH_TIME, headers.value(PUBLISH_TIME).orElse("absent"));
    return new PubSubMessage(
        headers.value(MESSAGE_ID).orElseThrow(),
        publishTime,
        attributes(headers),
        text,
        headers.value(DELIVERY_ATTEMPT).map(UnwrappedPush::count).orElse(null),
        headers.value(SUBSCRIPTION).orElse(null));
  }

  private static Map<String, String> attributes(Headers headers) {
    Map<String, String> attributes = new LinkedHashMap<>();
    for (String name : ATTRIBUTES) {
      headers.value(name).ifPresent(value -> attributes.put(name, value));
    }
    return attributes;
  }

  private static Integer count(String text) {
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException refused) {
      throw JsonFields.invalid("the header %s must be a number".formatted(DELIVERY_ATTEMPT));
    }
  }
}
