package io.deltaferry.cli.endtoend;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.pubsub.v1.PubsubMessage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A refused event.
 *
 * @param stage which service refused it
 * @param code the error's stable name
 * @param message for a person
 * @param event what the refused message held
 */
record DeadLetter(String stage, String code, String message, String event) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static DeadLetter of(PubsubMessage message) {
    return new DeadLetter(
        message.getAttributesOrDefault("stage", ""),
        message.getAttributesOrDefault("error_code", ""),
        message.getAttributesOrDefault("error_message", ""),
        event(message.getData().toStringUtf8()));
  }

  /** A service keeps the push envelope as it came; Pub/Sub itself keeps the bare message. */
  private static String event(String body) {
    try {
      JsonNode data = JSON.readTree(body).path("message").path("data");
      return data.isTextual()
          ? new String(Base64.getDecoder().decode(data.asText()), StandardCharsets.UTF_8)
          : body;
    } catch (JsonProcessingException e) {
      return body;
    }
  }
}
