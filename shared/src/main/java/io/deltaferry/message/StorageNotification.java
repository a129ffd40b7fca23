package io.deltaferry.message;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Cloud Storage's events: as a message of a bucket's notification, and as Eventarc's data. */
final class StorageNotification {
  private static final String EVENT_TYPE = "eventType";
  private static final String FINALIZE = "OBJECT_FINALIZE";
  private static final String PAYLOAD_FORMAT = "payloadFormat";
  private static final String JSON_API = "JSON_API_V1";

  private StorageNotification() {}

  /** The object event that the message carries, or the message itself when it carries none. */
  static IncomingEvent orMessage(PubSubMessage message) {
    String type = message.attributes().get(EVENT_TYPE);
    if (type == null || !message.attributes().containsKey("bucketId")) {
      return message;
    }
    if (!type.equals(FINALIZE)) {
      throw JsonFields.invalid(
          "received the storage event %s; only %s is accepted: give the notification that event type"
              .formatted(type, FINALIZE));
    }
    String format = message.attributes().getOrDefault(PAYLOAD_FORMAT, JSON_API);
    if (!format.equals(JSON_API)) {
      throw JsonFields.invalid(
          "received a storage notification with the payload format %s; only %s is accepted"
              .formatted(format, JSON_API));
    }
    String eventTime = message.attributes().get("eventTime");
    return object(
        JsonFields.parse("the storage notification", message.text()),
        message.messageId(),
        eventTime == null
            ? message.publishTime()
            : JsonFields.instant("the attribute eventTime", eventTime),
        message.deliveryAttempt());
  }

  /** What the bucket's notification says of this object, as far as the stages read it. */
  static OutgoingMessage write(StagedDelta delta) {
    String json =
        JsonFields.JSON
            .createObjectNode()
            .put("bucket", delta.bucket())
            .put("name", delta.object())
            .put("generation", Long.toString(delta.generation()))
            .put("size", Long.toString(delta.size()))
            .toString();
    return new OutgoingMessage(
        json,
        Map.of(
            EVENT_TYPE,
            FINALIZE,
            PAYLOAD_FORMAT,
            JSON_API,
            "bucketId",
            delta.bucket(),
            "objectId",
            delta.object(),
            "objectGeneration",
            Long.toString(delta.generation()),
            "eventTime",
            delta.eventTime().toString()));
  }

  /** The message that the bucket's notification would have been. */
  static PubSubMessage message(ObjectFinalized object) {
    OutgoingMessage message =
        write(
            new StagedDelta(
                object.bucket(),
                object.name(),
                object.generation(),
                object.size(),
                object.eventTime()));
    return new PubSubMessage(
        object.eventId(),
        object.eventTime(),
        message.attributes(),
        message.json(),
        object.deliveryAttempt(),
        null);
  }

  /**
   * The event of an object resource.
   *
   * @param eventTime null when the envelope has none: then the object's own time counts
   */
  static ObjectFinalized object(
      JsonFields object,
      String eventId,
      @Nullable Instant eventTime,
      @Nullable Integer deliveryAttempt) {
    Instant time =
        eventTime != null
            ? eventTime
            : object
                .optionalInstant("timeCreated")
                .orElseThrow(() -> object.missing("timeCreated"));
    return new ObjectFinalized(
        eventId,
        object.text("bucket"),
        object.text("name"),
        object.numberText("generation"),
        object.numberText("size"),
        time,
        deliveryAttempt);
  }
}
