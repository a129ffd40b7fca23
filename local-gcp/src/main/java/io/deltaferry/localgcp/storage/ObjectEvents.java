package io.deltaferry.localgcp.storage;

import java.util.Map;

/** Where the notifications of buckets go; Pub/Sub, in the local stack. */
@FunctionalInterface
public interface ObjectEvents {
  /**
   * Publishes one notification. Called after the change is visible and before its caller is
   * answered; what it throws is logged and the change stands.
   *
   * @param topic the full name, {@code projects/p/topics/t}
   * @param attributes as Cloud Storage sends them, such as {@code eventType} and {@code objectId}
   * @param payload the object's JSON resource, or nothing when the configuration wants none
   */
  void publish(String topic, Map<String, String> attributes, byte[] payload);
}
