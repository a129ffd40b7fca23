package io.deltaferry.run;

import java.util.Map;

/** Publishes one message and waits until the broker has it; PUBLISH_FAILED otherwise. */
public interface Publisher {
  /**
   * Publishes and answers the message id.
   *
   * @param topic the topic's short name
   */
  String publish(String topic, byte[] data, Map<String, String> attributes);
}
