package io.deltaferry.localgcp.storage;

import io.deltaferry.localgcp.storage.Notification.EventType;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells every notification of a bucket what happened to an object, worded as Cloud Storage does.
 */
final class EventPublisher {
  private static final Logger log = LoggerFactory.getLogger(EventPublisher.class);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

  private final ObjectEvents events;
  private final Generations generations;
  private final String baseUrl;

  EventPublisher(ObjectEvents events, Generations generations, String baseUrl) {
    this.events = events;
    this.generations = generations;
    this.baseUrl = baseUrl;
  }

  void published(Bucket bucket, Contents.Change change) {
    StoredObject before = change.before();
    StoredObject after = change.after();
    if (after == null && before != null) {
      tell(bucket, EventType.OBJECT_DELETE, before, Map.of());
    } else if (after != null && before == null) {
      tell(bucket, EventType.OBJECT_FINALIZE, after, Map.of());
    } else if (after != null && before != null) {
      changed(bucket, before, after);
    }
  }

  private void changed(Bucket bucket, StoredObject before, StoredObject after) {
    if (before.generation() == after.generation()) {
      tell(bucket, EventType.OBJECT_METADATA_UPDATE, after, Map.of());
      return;
    }
    String old = Long.toString(before.generation());
    tell(bucket, EventType.OBJECT_FINALIZE, after, Map.of("overwroteGeneration", old));
    String now = Long.toString(after.generation());
    tell(bucket, EventType.OBJECT_DELETE, before, Map.of("overwrittenByGeneration", now));
  }

  private void tell(Bucket bucket, EventType type, StoredObject object, Map<String, String> more) {
    for (Notification notification : bucket.notifications()) {
      if (notification.wants(type, object.name())) {
        publish(notification, attributes(notification, type, object, more), object);
      }
    }
  }

  private void publish(
      Notification notification, Map<String, String> attributes, StoredObject object) {
    byte[] payload =
        notification.withPayload()
            ? JsonFile.bytes(ObjectResource.write(object, baseUrl))
            : new byte[0];
    try {
      events.publish(notification.topic(), attributes, payload);
    } catch (RuntimeException e) {
      // The change has happened: failing its caller now would only make it repeat the change.
      log.error(
          "the event of gs://{}/{} did not reach {}",
          object.bucket(),
          object.name(),
          notification.topic(),
          e);
    }
  }

  private Map<String, String> attributes(
      Notification notification, EventType type, StoredObject object, Map<String, String> more) {
    Map<String, String> attributes = new LinkedHashMap<>(notification.attributes());
    String bucket = "projects/_/buckets/" + object.bucket();
    attributes.put("notificationConfig", bucket + "/notificationConfigs/" + notification.id());
    attributes.put("eventType", type.name());
    attributes.put("payloadFormat", notification.withPayload() ? "JSON_API_V1" : "NONE");
    attributes.put("bucketId", object.bucket());
    attributes.put("objectId", object.name());
    attributes.put("objectGeneration", Long.toString(object.generation()));
    Instant time = generations.now();
    attributes.put("eventTime", MICROS.format(time));
    attributes.putAll(more);
    return attributes;
  }
}
