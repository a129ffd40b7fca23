package io.deltaferry.message;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * A message ready to be published.
 *
 * @param json the data, to be sent as UTF-8
 */
public record OutgoingMessage(String json, Map<String, String> attributes) {
  public OutgoingMessage {
    attributes = Map.copyOf(attributes);
  }

  /** The data's bytes. */
  public byte[] data() {
    return json.getBytes(StandardCharsets.UTF_8);
  }
}
