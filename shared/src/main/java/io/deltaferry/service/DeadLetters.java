package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.run.Publisher;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Where an event goes that is not tried again, with the reason in its attributes. */
public final class DeadLetters {
  /** Pub/Sub's limit for an attribute's value. */
  private static final int MAX_BYTES = 1024;

  private final Publisher publisher;
  private final String topic;

  public DeadLetters(Publisher publisher, String topic) {
    this.publisher = publisher;
    this.topic = topic;
  }

  /**
   * Publishes the event, so that it can be replayed. Which table and run it is about, the stage has
   * found out as far as it came, and marked for its log lines.
   */
  public void refuse(String stage, IncomingEvent event, DeltaferryException failure) {
    Map<String, String> attributes = reason(stage, failure);
    attribute(attributes, "attempts", event.deliveryAttempt());
    attribute(attributes, "table", MDC.get("table"));
    attribute(attributes, "run", MDC.get("run"));
    publisher.publish(topic, Envelopes.wrap(event).getBytes(StandardCharsets.UTF_8), attributes);
    LogEvents.deadLetter(failure.code(), event.deliveryAttempt());
  }

  /** Publishes the body of a request that holds no event, as it came. */
  public void refuse(String stage, byte[] body, DeltaferryException failure) {
    publisher.publish(
        topic, body.length == 0 ? new byte[] {'{', '}'} : body, reason(stage, failure));
    LogEvents.deadLetter(failure.code(), null);
  }

  private static Map<String, String> reason(String stage, DeltaferryException failure) {
    Map<String, String> attributes = new HashMap<>();
    attributes.put("stage", stage);
    attributes.put("error_code", failure.code().name());
    attributes.put("error_message", cut(failure.getMessage()));
    return attributes;
  }

  private static void attribute(
      Map<String, String> attributes, String name, @Nullable Object value) {
    if (value != null) {
      attributes.put(name, cut(value.toString()));
    }
  }

  /** As many whole characters as fit. */
  private static String cut(String reason) {
    CharBuffer characters = CharBuffer.wrap(reason);
    StandardCharsets.UTF_8
        .newEncoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .encode(characters, ByteBuffer.allocate(MAX_BYTES), /* endOfInput= */ true);
    return reason.substring(0, characters.position());
  }
}
