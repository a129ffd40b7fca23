package io.deltaferry.extractor;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.service.Journal;
import io.deltaferry.service.PendingRequests;
import io.deltaferry.service.RunEvents;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees to it that a table has one run at a time. A request that meets a live run is kept beside it
 * and acknowledged; the run's end publishes it again. Never a nack: those throttle the whole
 * subscription and end in the dead letters.
 */
final class TakeTurn {
  private static final Logger log = LoggerFactory.getLogger(TakeTurn.class);

  private final ControlStore control;

  private final Supplier<String> attempts;
  private final Journal journal;
  private final Clock clock;

  private final String execution;
  private final PendingRequests pending;

  /**
   * Takes the ports.
   *
   * @param attempts names attempts, never twice the same
   * @param execution of the job that asks; empty for the service
   */
  TakeTurn(
      ControlStore control,
      Supplier<String> attempts,
      Journal journal,
      Clock clock,
      String execution) {
    this.control = control;
    this.attempts = attempts;
    this.journal = journal;
    this.clock = clock;
    this.execution = execution;
    this.pending = new PendingRequests(control);
  }

  /**
   * What the request may do.
   *
   * @param request with its request id
   * @param expiry quiet time after which a run counts as abandoned
   * @return {@link Turn.Meet} when the request has been kept for later
   */
  Turn take(ExtractRequest request, String requestId, Duration expiry) {
    List<KnownRun> runs = KnownRun.of(control, request.table());
    Turn turn = Turn.of(request.table(), requestId, runs);
    if (turn instanceof Turn.Start && !runs.isEmpty()) {
      Optional<KnownRun> answer = pending.answer(request.table(), requestId, runs);
      return answer.isPresent() ? new Turn.Continue(answer.get()) : turn;
    }
    if (turn instanceof Turn.Continue known && isHeld(known.run(), expiry)) {
      return new Turn.Held(known.run());
    }
    return turn instanceof Turn.Meet meet ? meet(request, requestId, meet, expiry) : turn;
  }

  /**
   * Whether another execution of the job is at work on the run. A second one would read the same
   * rows again, and the platform starts the first again when it dies.
   */
  boolean isHeld(KnownRun run, Duration expiry) {
    return !run.ended()
        && !run.holder().isEmpty()
        && !run.holder().equals(execution)
        && !run.abandoned(bucketNow(run.id().table()), expiry);
  }

  /**
   * The request is written down first and the runs are looked at again after that: an end either
   * sees the request, or is seen here. Where another run is live by then, the request has to lie
   * beside that one: nobody looks beside an ended one any more.
   */
  private Turn meet(ExtractRequest request, String requestId, Turn.Meet meet, Duration expiry) {
    ExtractRequest kept =
        new ExtractRequest(request.table(), request.mode(), requestId, request.options());
    ControlStore.Created pending =
        control.create(
            ObjectNames.pending(meet.live().id(), requestId),
            Messages.encode(kept).json(),
            Map.of(KnownRun.ASKS_FOR, kept.asksFor()));
    List<KnownRun> runs = KnownRun.of(control, request.table());
    Turn again = Turn.of(request.table(), requestId, runs);
    if (!(again instanceof Turn.Meet still)) {
      return again;
    }
    if (!still.live().id().equals(meet.live().id())) {
      return meet(request, requestId, still, expiry);
    }
    // A request that comes again finds the object of its first time.
    Instant now = pending.won() ? pending.object().created() : bucketNow(request.table());
    if (still.live().abandoned(now, expiry)) {
      return Turn.inPlaceOf(still.live(), Duration.between(still.live().newest(), now));
    }
    log.info("run {} is live; request {} waits for its end", still.live().id(), requestId);
    journal.record(RunEvents.waiting(request.table(), requestId, clock.instant()));
    return still;
  }

  /**
   * The bucket's own clock, as an object shows it that has just been written; instances' clocks
   * decide nothing.
   */
  private Instant bucketNow(String table) {
    return control
        .create(ObjectNames.clock(table, attempts.get()), "{}", Map.of())
        .object()
        .created();
  }
}
