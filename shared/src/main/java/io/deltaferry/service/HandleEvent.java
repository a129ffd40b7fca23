package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.run.SyncEvent;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One attempt at an event: the stage's work, and what becomes of its failure. */
final class HandleEvent {
  private static final Logger log = LoggerFactory.getLogger(HandleEvent.class);

  private final Stage stage;
  private final DeadLetters deadLetters;
  private final LastDelivery last;
  private final Journal journal;
  private final Clock clock;

  HandleEvent(
      Stage stage, DeadLetters deadLetters, LastDelivery last, Journal journal, Clock clock) {
    this.stage = stage;
    this.deadLetters = deadLetters;
    this.last = last;
    this.journal = journal;
    this.clock = clock;
  }

  Answer handle(IncomingEvent event) {
    return recorded(attempted(event));
  }

  private Answer attempted(IncomingEvent event) {
    try {
      stage.handle(event);
      return new Answer(Answer.Result.DONE, null, event.deliveryAttempt());
    } catch (RuntimeException e) {
      return fail(event, known(e));
    }
  }

  /** Keeps what holds no event as a dead letter. */
  Answer refuse(byte[] body, DeltaferryException failure) {
    return recorded(refuse(failure, null, () -> deadLetters.refuse(stage.name(), body, failure)));
  }

  /**
   * What happened to a run stands in the ledger before its event is acknowledged; where it cannot,
   * the event comes again and finds its work done.
   */
  private Answer recorded(Answer answer) {
    try {
      journal.flush();
      return answer;
    } catch (DeltaferryException e) {
      boolean again =
          answer.result() != Answer.Result.RETRIED
              && MDC.get("run") != null
              && !last.isLast(answer.deliveryAttempt());
      log.warn("{}: {}", e.code(), e.getMessage());
      return again ? new Answer(Answer.Result.RETRIED, e.code(), answer.deliveryAttempt()) : answer;
    }
  }

  /** An event about no table is no part of any run. */
  private void record(SyncEvent.Kind kind, IncomingEvent event, DeltaferryException failure) {
    String table = MDC.get("table");
    String run = MDC.get("run");
    if (table != null) {
      Long seq = run == null ? null : Long.valueOf(run);
      RunEvents.Spot spot = new RunEvents.Spot(stage.name(), table, seq, event);
      journal.record(spot.of(kind, failure, clock.instant()));
    }
  }

  private Answer fail(IncomingEvent event, DeltaferryException failure) {
    DeltaferryException judged = last.judge(failure, event);
    if (judged.kind() == ErrorKind.TRANSIENT) {
      record(SyncEvent.Kind.RETRIED, event, judged);
      return retry(judged, event.deliveryAttempt());
    }
    return refuse(
        judged,
        event.deliveryAttempt(),
        () -> {
          if (failure.kind() == ErrorKind.TRANSIENT) {
            stage.giveUp(event, judged);
          }
          deadLetters.refuse(stage.name(), event, judged);
          record(SyncEvent.Kind.DEAD_LETTERED, event, judged);
        });
  }

  /** Acknowledged once it is kept as a dead letter with its reason, since it is not tried again. */
  private static Answer refuse(
      DeltaferryException failure, @Nullable Integer attempt, Runnable keep) {
    log.error("{}: {}{}", failure.code(), failure.getMessage(), cause(failure));
    try {
      keep.run();
      return new Answer(Answer.Result.REFUSED, failure.code(), attempt);
    } catch (RuntimeException e) {
      return retry(known(e), attempt);
    }
  }

  private static DeltaferryException known(RuntimeException failure) {
    if (failure instanceof DeltaferryException known) {
      return known;
    }
    log.error("unexpected failure", failure);
    return new DeltaferryException(
        ErrorCode.INTERNAL, "unexpected failure; the log has its stack trace", failure);
  }

  private static Answer retry(DeltaferryException failure, @Nullable Integer attempt) {
    log.warn("{}: {}{}", failure.code(), failure.getMessage(), cause(failure));
    return new Answer(Answer.Result.RETRIED, failure.code(), attempt);
  }

  /** The kinds of the causes only: a client's own message may quote a row. */
  private static String cause(DeltaferryException failure) {
    StringBuilder text = new StringBuilder();
    for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      text.append(" <- ").append(cause.getClass().getSimpleName());
    }
    return text.toString();
  }
}
