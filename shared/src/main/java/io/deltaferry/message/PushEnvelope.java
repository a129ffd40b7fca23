package io.deltaferry.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The JSON object Pub/Sub wraps a pushed message in; Eventarc uses the same one. */
final class PushEnvelope {
  private PushEnvelope() {}

  static PubSubMessage message(JsonFields envelope) {
    JsonFields message = envelope.object("message").orElseThrow(() -> envelope.missing("message"));
    return new PubSubMessage(
        message
            .optionalText("messageId")
            .or(() -> message.optionalText("message_id"))
            .orElseThrow(() -> message.missing("messageId")),
        publishTime(message),
        message.object("attributes").map(JsonFields::texts).orElse(Map.of()),
        message.optionalText("data").map(PushEnvelope::decoded).orElse(""),
        envelope.optionalCount("deliveryAttempt").orElse(null),
        envelope.optionalText("subscription").orElse(null));
  }

  static String write(PubSubMessage message) {
    ObjectNode envelope = JsonFields.JSON.createObjectNode();
    ObjectNode inner = envelope.putObject("message");
    ObjectNode attributes = inner.putObject("attributes");
    new TreeMap<>(message.attributes()).forEach(attributes::put);
    if (!message.text().isEmpty()) {
      inner.put("data", Base64.getEncoder().encodeToString(message.data()));
    }
    inner.put("messageId", message.messageId());
    inner.put("publishTime", message.publishTime().toString());
    if (message.subscription() != null) {
      envelope.put("subscription", message.subscription());
    }
    if (message.deliveryAttempt() != null) {
      envelope.put("deliveryAttempt", message.deliveryAttempt());
    }
    return envelope.toString();
  }

  private static Instant publishTime(JsonFields message) {
    return message
        .optionalInstant("publishTime")
        .or(() -> message.optionalInstant("publish_time"))
        .orElseThrow(() -> message.missing("publishTime"));
  }

  static String decoded(String base64) {
    byte[] data;
    try {
      data = Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException refused) {
      throw JsonFields.invalid("the envelope's data is not base64");
    }
    return Envelopes.text(data);
  }
}
