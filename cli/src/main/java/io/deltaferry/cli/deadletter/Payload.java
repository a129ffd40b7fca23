package io.deltaferry.cli.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** A message's data for a person: JSON as it is, with the data inside an envelope opened. */
final class Payload {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Payload() {}

  static JsonNode of(PubsubMessage message) {
    JsonNode body = parsed(message.getData().toStringUtf8());
    if (body.path("message") instanceof ObjectNode inner && inner.path("data").isTextual()) {
      inner.set("data", opened(inner.path("data").textValue()));
    }
    return body;
  }

  private static JsonNode opened(String data) {
    try {
      return parsed(new String(Base64.getDecoder().decode(data), StandardCharsets.UTF_8));
    } catch (IllegalArgumentException noBase64) {
      return TextNode.valueOf(data);
    }
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode node = JSON.readTree(text);
      return node.isContainerNode() ? node : TextNode.valueOf(text);
    } catch (JsonProcessingException noJson) {
      return TextNode.valueOf(text);
    }
  }
}
