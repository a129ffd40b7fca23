package io.deltaferry.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Opens whatever envelope an event was pushed in: Pub/Sub's own, or a CloudEvent. */
public final class Envelopes {
  static final String ACCEPTED =
      "accepted are Pub/Sub push (wrapped, or unwrapped with metadata headers) and CloudEvents"
          + " (binary or structured) of the types "
          + CloudEventEnvelope.MESSAGE_PUBLISHED
          + " and "
          + CloudEventEnvelope.OBJECT_FINALIZED;

  private Envelopes() {}

  /**
   * The event in the request.
   *
   * @param headers as the HTTP request has them, in any case
   * @throws io.deltaferry.error.DeltaferryException MESSAGE_INVALID, saying what was received and
   *     what is accepted
   */
  public static IncomingEvent decode(Map<String, List<String>> headers, byte[] body) {
    Headers known = new Headers(headers);
    String type = known.contentType();
    if (type.equals("application/cloudevents-batch+json")) {
      throw JsonFields.invalid("received a batch of CloudEvents; " + ACCEPTED);
    }
    String text = text(body);
    if (type.equals("application/cloudevents+json")) {
      return CloudEventEnvelope.structured(text);
    }
    if (known.value("ce-type").isPresent()) {
      return CloudEventEnvelope.binary(known, text);
    }
    if (known.value(UnwrappedPush.MESSAGE_ID).isPresent()) {
      return StorageNotification.orMessage(UnwrappedPush.message(known, text));
    }
    return wrapped(type, text);
  }

  /** The event in Pub/Sub's own envelope, whatever it came in; {@link #decode} reads it back. */
  public static String wrap(IncomingEvent event) {
    return PushEnvelope.write(
        event instanceof ObjectFinalized object
            ? StorageNotification.message(object)
            : (PubSubMessage) event);
  }

  private static IncomingEvent wrapped(String contentType, String text) {
    if (text.isBlank()) {
      throw JsonFields.invalid("received an empty request body; " + ACCEPTED);
    }
    JsonFields envelope = JsonFields.parse("the request body", text);
    if (!envelope.has("message")) {
      throw JsonFields.invalid(
          "received %s with the fields %s; %s"
              .formatted(
                  contentType.isEmpty() ? "a body without content type" : contentType,
                  envelope.names(),
                  ACCEPTED));
    }
    return StorageNotification.orMessage(PushEnvelope.message(envelope));
  }

  /** Strictly UTF-8: damaged text must not travel on with replacement characters. */
  static String text(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException refused) {
      throw JsonFields.invalid("the message is not UTF-8 text; " + ACCEPTED);
    }
  }
}
