package io.deltaferry.localgcp.pubsub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.util.Timestamps;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The body and headers of a push.
 *
 * @param headers without the ones every HTTP client sets itself
 */
record PushEnvelope(ByteString body, Map<String, String> headers) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String METADATA = "x-goog-pubsub-";

  PushEnvelope {
    headers = Map.copyOf(headers);
  }

  static PushEnvelope of(Lease lease, Subscription subscription) {
    if (subscription.getPushConfig().hasNoWrapper()) {
      return unwrapped(lease, subscription);
    }
    return new PushEnvelope(
        wrapped(lease, subscription), Map.of("Content-Type", "application/json"));
  }

  /** Both spellings of id and time are there because the service sends both. */
  private static ByteString wrapped(Lease lease, Subscription subscription) {
    ObjectNode envelope = JSON.createObjectNode();
    if (subscription.hasDeadLetterPolicy()) {
      envelope.put("deliveryAttempt", lease.attempt());
    }
    PubsubMessage message = lease.message();
    ObjectNode json = envelope.putObject("message");
    if (!message.getAttributesMap().isEmpty()) {
      ObjectNode attributes = json.putObject("attributes");
      message.getAttributesMap().forEach(attributes::put);
    }
    if (!message.getData().isEmpty()) {
      json.put("data", Base64.getEncoder().encodeToString(message.getData().toByteArray()));
    }
    json.put("messageId", message.getMessageId()).put("message_id", message.getMessageId());
    if (!message.getOrderingKey().isEmpty()) {
      json.put("orderingKey", message.getOrderingKey());
    }
    String time = Timestamps.toString(message.getPublishTime());
    json.put("publishTime", time).put("publish_time", time);
    envelope.put("subscription", subscription.getName());
    try {
      return ByteString.copyFrom(JSON.writeValueAsBytes(envelope));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PushEnvelope unwrapped(Lease lease, Subscription subscription) {
    PubsubMessage message = lease.message();
    Map<String, String> headers = new LinkedHashMap<>();
    if (subscription.getPushConfig().getNoWrapper().getWriteMetadata()) {
      headers.putAll(message.getAttributesMap());
      headers.put(METADATA + "subscription-name", subscription.getName());
      headers.put(METADATA + "message-id", message.getMessageId());
      headers.put(METADATA + "publish-time", Timestamps.toString(message.getPublishTime()));
      if (!message.getOrderingKey().isEmpty()) {
        headers.put(METADATA + "ordering-key", message.getOrderingKey());
      }
      if (subscription.hasDeadLetterPolicy()) {
        headers.put(METADATA + "delivery-attempt", Integer.toString(lease.attempt()));
      }
    }
    return new PushEnvelope(message.getData(), headers);
  }
}
