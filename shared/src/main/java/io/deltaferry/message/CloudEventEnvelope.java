package io.deltaferry.message;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** CloudEvents 1.0 over HTTP in both of their forms. */
final class CloudEventEnvelope {
  static final String MESSAGE_PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";
  static final String OBJECT_FINALIZED = "google.cloud.storage.object.v1.finalized";

  private static final String VERSION = "1.0";

  private CloudEventEnvelope() {}

  /** Attributes in {@code ce-} headers, data in the body. */
  static IncomingEvent binary(Headers headers, String body) {
    checkVersion(headers.value("ce-specversion").orElse("none"));
    Instant time =
        headers
            .value("ce-time")
            .map(text -> JsonFields.instant("the header ce-time", text))
            .orElse(null);
    return event(
        headers.value("ce-type").orElseThrow(),
        headers
            .value("ce-id")
            .orElseThrow(() -> JsonFields.invalid("the CloudEvent has no header ce-id")),
        time,
        JsonFields.parse("the CloudEvent's data", body));
  }

  /** Everything in one JSON object. */
  static IncomingEvent structured(String body) {
    JsonFields event = JsonFields.parse("the CloudEvent", body);
    checkVersion(event.optionalText("specversion").orElse("none"));
    return event(
        event.text("type"),
        event.text("id"),
        event.optionalInstant("time").orElse(null),
        data(event));
  }

  private static JsonFields data(JsonFields event) {
    return event
        .optionalText("data_base64")
        .map(text -> JsonFields.parse("the CloudEvent's data", PushEnvelope.decoded(text)))
        .or(() -> event.object("data"))
        .orElseThrow(() -> event.missing("data"));
  }

  private static void checkVersion(String version) {
    if (!version.equals(VERSION)) {
      throw JsonFields.invalid(
          "received a CloudEvent of specversion %s; %s of specversion %s"
              .formatted(version, Envelopes.ACCEPTED, VERSION));
    }
  }

  private static IncomingEvent event(
      String type, String id, @Nullable Instant time, JsonFields data) {
    return switch (type) {
      case MESSAGE_PUBLISHED -> StorageNotification.orMessage(PushEnvelope.message(data));
      case OBJECT_FINALIZED -> StorageNotification.object(data, id, time, null);
      default ->
          throw JsonFields.invalid(
              "received a CloudEvent of the type %s; %s".formatted(type, Envelopes.ACCEPTED));
    };
  }
}
