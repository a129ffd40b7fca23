package io.deltaferry.cli.sync;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/**
 * A request that ended in the dead letters.
 *
 * @param requestId as it was published
 * @param reason why
 */
record RefusedRequest(String requestId, RunFailure reason) {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REQUEST_ID = "request_id";

  /**
   * Reads a dead letter: what a service refused (the push envelope as it came, the reason in the
   * attributes), or what Pub/Sub gave up on (the message itself). Nothing when it is no request.
   */
  static Optional<RefusedRequest> of(PubsubMessage message) {
    try {
      JsonNode body = JSON.readTree(message.getData().toByteArray());
      JsonNode data = body.path("message").path("data");
      JsonNode request = data.isTextual() ? JSON.readTree(data.binaryValue()) : body;
      if (!request.path(REQUEST_ID).isTextual()) {
        return Optional.empty();
      }
      String code = message.getAttributesOrDefault("error_code", "");
      RunFailure reason =
          code.isEmpty()
              ? new RunFailure(
                  null, "Pub/Sub gave up after repeated failures; the services' logs say why")
              : new RunFailure(code, message.getAttributesOrDefault("error_message", ""));
      return Optional.of(new RefusedRequest(request.path(REQUEST_ID).asText(), reason));
    } catch (JsonProcessingException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
