package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.run.Publisher;
import java.util.Map;

/** Where an event goes that can never succeed, with the reason in its attributes. */
public final class DeadLetters {
  /** Pub/Sub's limit for an attribute's value, in bytes; three quarters of it in characters. */
  private static final int MAX_REASON = 768;

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
    String reason = failure.getMessage();
    publisher.publish(
        topic,
        body.length == 0 ? new byte[] {'{', '}'} : body,
        Map.of(
            "stage",
            stage,
            "error_code",
            failure.code().name(),
            "error_message",
            reason.length() > MAX_REASON ? reason.substring(0, MAX_REASON) : reason));
  }
}
