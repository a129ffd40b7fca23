package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.run.Publisher;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Where an event goes that can never succeed, with the reason in its attributes. */
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
   * Publishes the event as it came.
   *
   * @param body the request's body: envelope and all, so that it can be replayed
   */
  public void refuse(String stage, byte[] body, DeltaferryException failure) {
    publisher.publish(
        topic,
        body.length == 0 ? new byte[] {'{', '}'} : body,
        Map.of(
            "stage",
            stage,
            "error_code",
            failure.code().name(),
            "error_message",
            cut(failure.getMessage())));
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
