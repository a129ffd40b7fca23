package io.deltaferry.cli.deadletter;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.RequestId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is done to replay a dead letter; doing it twice is as good as doing it once. */
public sealed interface Replay {
  /** What is done and why, for a person. */
  String what();

  /**
   * Publishes a message.
   *
   * @param service to whose topic
   * @param requestId by which its run is known; null when that is lost
   */
  record Publish(
      String service,
      String table,
      @Nullable String requestId,
      OutgoingMessage message,
      String what)
      implements Replay {}

  /** There is nothing left to do. */
  record Done(String what) implements Replay {}

  /** A replay cannot help. */
  record Refused(String what) implements Replay {}

  /**
   * Decides.
   *
   * @param run that the letter is about; null when there is none
   * @param tableProblem why nobody can ask for the letter's table; null when they can
   */
  static Replay of(DeadLetter letter, @Nullable RunState run, @Nullable String tableProblem) {
    Content content = letter.content();
    if (content instanceof Content.Unreadable unreadable) {
      return new Refused(
          "no service will ever understand it: "
              + unreadable.why()
              + ". Mend what sends it, then drop it");
    }
    if (run == null) {
      return ask(letter, null, tableProblem);
    }
    if (run.outcome() == null) {
      return content instanceof Content.Step step
          ? goOn(letter, step, run)
          : request(
              run.requestId(), letter, run, tableProblem, "run %s goes on".formatted(run.run()));
    }
    return switch (run.outcome()) {
      case COMPLETED, EMPTY, SUPERSEDED ->
          new Done("nothing to do: run %s is %s".formatted(run.run(), run.outcome().word()));
      case FAILED -> ask(letter, run, tableProblem);
    };
  }

  private static Replay goOn(DeadLetter letter, Content.Step step, RunState run) {
    return new Publish(
        Objects.requireNonNull(letter.stage()),
        run.run().table(),
        run.requestId(),
        step.message(),
        "run %s goes on".formatted(run.run()));
  }

  /** A run that has failed serves its request for good, so this is a request of its own. */
  private static Replay ask(
      DeadLetter letter, @Nullable RunState run, @Nullable String tableProblem) {
    String first = run == null ? null : run.requestId();
    if (letter.content() instanceof Content.Request asked) {
      first = asked.requestId();
    }
    String id = RequestId.ofReplay(first, letter.id());
    return request(id, letter, run, tableProblem, "requested again as " + id);
  }

  private static Replay request(
      @Nullable String id,
      DeadLetter letter,
      @Nullable RunState run,
      @Nullable String tableProblem,
      String what) {
    if (tableProblem != null) {
      return new Refused(tableProblem + ", or drop it");
    }
    String table = Objects.requireNonNull(letter.table());
    RunState.Planned planned = run == null ? RunState.Planned.NOTHING : run.planned();
    ExtractRequest again = planned.again(table, id);
    if (letter.content() instanceof Content.Request asked) {
      again = new ExtractRequest(table, asked.request().mode(), id, asked.request().options());
    }
    OutgoingMessage message = Messages.encode(again);
    return new Publish("extractor", table, id, message, what);
  }
}
