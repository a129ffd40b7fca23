package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One notification configuration of a bucket. */
record Notification(
    String id,
    String topic,
    boolean withPayload,
    Set<EventType> eventTypes,
    String prefix,
    Map<String, String> attributes) {
  private static final Pattern TOPIC =
      Pattern.compile("(?://pubsub\\.googleapis\\.com/)?(projects/[^/]+/topics/[^/]+)");

  enum EventType {
    OBJECT_FINALIZE,
    OBJECT_METADATA_UPDATE,
    OBJECT_DELETE,
    OBJECT_ARCHIVE
  }

  Notification {
    eventTypes = Set.copyOf(eventTypes);
    attributes = Map.copyOf(attributes);
  }

  /** Reads the API's resource. */
  static Notification of(String id, JsonNode json) {
    Matcher topic = TOPIC.matcher(json.path("topic").asText(""));
    if (!topic.matches()) {
      throw GoogleError.invalid(
          "Invalid Google Cloud Pub/Sub topic. It should look like"
              + " '//pubsub.googleapis.com/projects/*/topics/*'.");
    }
    String payload = json.path("payload_format").asText("");
    if (!payload.equals("JSON_API_V1") && !payload.equals("NONE")) {
      throw GoogleError.invalid("Invalid payload_format: it must be JSON_API_V1 or NONE");
    }
    Map<String, String> attributes = new LinkedHashMap<>();
    json.path("custom_attributes")
        .properties()
        .forEach(entry -> attributes.put(entry.getKey(), entry.getValue().asText()));
    return new Notification(
        id,
        topic.group(1),
        payload.equals("JSON_API_V1"),
        eventTypes(json.path("event_types")),
        json.path("object_name_prefix").asText(""),
        attributes);
  }

  private static Set<EventType> eventTypes(JsonNode names) {
    Set<EventType> types = EnumSet.noneOf(EventType.class);
    for (JsonNode name : names) {
      try {
        types.add(EventType.valueOf(name.asText()));
      } catch (IllegalArgumentException e) {
        throw GoogleError.invalid("Invalid event type: " + name.asText());
      }
    }
    return types;
  }

  /** None named means all. */
  boolean wants(EventType type, String object) {
    return (eventTypes.isEmpty() || eventTypes.contains(type)) && object.startsWith(prefix);
  }

  void writeTo(ObjectNode json, String bucketUrl) {
    json.put("kind", "storage#notification");
    json.put("id", id);
    json.put("selfLink", bucketUrl + "/notificationConfigs/" + id);
    json.put("topic", "//pubsub.googleapis.com/" + topic);
    json.put("payload_format", withPayload ? "JSON_API_V1" : "NONE");
    json.put("etag", id);
    eventTypes.stream().sorted().forEach(type -> json.withArray("event_types").add(type.name()));
    if (!prefix.isEmpty()) {
      json.put("object_name_prefix", prefix);
    }
    attributes.forEach((key, value) -> json.withObject("/custom_attributes").put(key, value));
  }
}
