package io.deltaferry.cli.deadletter;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.run.RunId;
import org.jspecify.annotations.Nullable;

/** What a dead letter is about. */
public sealed interface Content {
  /**
   * A request for a table.
   *
   * @param requestId by which its run is known; null when only the lost id of its message was it
   */
  record Request(ExtractRequest request, @Nullable String requestId) implements Content {}

  /**
   * A later step of a run.
   *
   * @param message that makes the step happen once more
   */
  record Step(RunId run, OutgoingMessage message) implements Content {}

  /**
   * Nothing that its stage could ever understand.
   *
   * @param why for a person
   */
  record Unreadable(String why) implements Content {}
}
