package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends runs: the end object first, then the message that tells it, then one of the requests that
 * waited. Doing it twice tells twice and changes nothing.
 */
public final class RunEnd {
  private static final Logger log = LoggerFactory.getLogger(RunEnd.class);

  private final ControlStore control;
  private final Publisher publisher;
  private final Topology.Topics topics;
  private final Clock clock;
  private final Journal journal;
  private final PendingRequests pending;

  public RunEnd(
      ControlStore control,
      Publisher publisher,
      Topology.Topics topics,
      Clock clock,
      Journal journal) {
    this.control = control;
    this.publisher = publisher;
    this.topics = topics;
    this.clock = clock;
    this.journal = journal;
    this.pending = new PendingRequests(control);
  }

  /** The run's end, when it has one. */
  public Optional<EndOfRun> of(RunId run) {
    return EndOfRun.read(control, run);
  }

  /** Ends the run as completed, empty or superseded. */
  public void end(RunId run, String requestId, SyncOutcome outcome, long rows) {
    write(
        new EndOfRun(
            run.table(), run.seq(), requestId, outcome, rows, null, null, clock.instant()));
  }

  /** Ends a run that did as planned; where its plan leaves more to do, that is asked for. */
  public void end(RunPlan plan, SyncOutcome outcome, long rows) {
    write(
        new EndOfRun(
            plan.table(),
            plan.seq(),
            plan.requestId(),
            outcome,
            rows,
            null,
            null,
            clock.instant(),
            outcome.isGood() ? plan.next().orElse(null) : null));
  }

  /** Ends a run that another has taken over: nobody else may ever do, and requests may wait. */
  public void supersede(RunId abandoned) {
    end(abandoned, requestIdOf(abandoned), SyncOutcome.SUPERSEDED, 0);
  }

  /** Ends the run as failed. */
  public void fail(RunId run, String requestId, ErrorCode code, String message) {
    write(
        new EndOfRun(
            run.table(),
            run.seq(),
            requestId,
            SyncOutcome.FAILED,
            0,
            code,
            message,
            clock.instant()));
  }

  /**
   * Runs the work of a run; a PERMANENT failure ends the run, so that the next one can start, and
   * is thrown on.
   */
  public void endingOnFailure(RunId run, Runnable work) {
    try {
      work.run();
    } catch (DeltaferryException e) {
      if (e.kind() == ErrorKind.PERMANENT) {
        fail(run, requestIdOf(run), e.code(), e.getMessage());
      }
      throw e;
    }
  }

  /**
   * Ends the run as failed unless it has an end: then only the telling has failed, and would again.
   */
  public void giveUp(RunId run, DeltaferryException failure) {
    if (of(run).isEmpty()) {
      fail(run, requestIdOf(run), failure.code(), failure.getMessage());
    }
  }

  /** From the plan object's metadata, since the plan itself may be what failed. */
  private String requestIdOf(RunId run) {
    return KnownRun.of(control, run.table()).stream()
        .filter(known -> known.id().equals(run))
        .map(KnownRun::requestId)
        .filter(id -> !id.isEmpty())
        .findFirst()
        .orElse("unknown");
  }

  /** Tells an end again; its message may have been lost with the instance that wrote it. */
  public void tell(EndOfRun end) {
    journal.record(RunEvents.ended(end));
    tell(end, end.answers());
    pending.served(end.run()).forEach(requestId -> tell(end, requestId));
    releasePending(end);
    goOn(end);
  }

  /** After those who waited, who get their turn; and not again when that run has begun. */
  private void goOn(EndOfRun end) {
    ExtractRequest next = end.next();
    if (next != null
        && KnownRun.of(control, end.table()).stream()
            .noneMatch(run -> run.requestId().equals(next.requestId()))) {
      OutgoingMessage message = Messages.encode(next);
      publisher.publish(topics.extractRequests(), message.data(), message.attributes());
    }
  }

  private void tell(EndOfRun end, String requestId) {
    OutgoingMessage message =
        Messages.encode(
            new SyncCompleted(
                end.table(),
                end.seq(),
                end.outcome(),
                end.rows(),
                requestId,
                end.code(),
                end.message()));
    publisher.publish(topics.syncCompleted(), message.data(), message.attributes());
  }

  private void write(EndOfRun end) {
    String name = ObjectNames.end(end.run());
    ControlStore.Created created = control.create(name, RunJson.write(end), Map.of());
    EndOfRun stored = RunJson.read(name, created.content(), EndOfRun.class);
    if (created.won()) {
      LogEvents.runEnded(stored, EndFacts.of(control, stored));
    }
    tell(stored);
  }

  private void releasePending(EndOfRun end) {
    PendingRequests.Release release = pending.release(end);
    for (ExtractRequest request : release.answered()) {
      log.info("request {} is answered by the next run", request.requestId());
      journal.record(
          RunEvents.skipped(request.table(), String.valueOf(request.requestId()), clock.instant()));
    }
    for (ExtractRequest request : release.published()) {
      OutgoingMessage message = Messages.encode(request);
      publisher.publish(topics.extractRequests(), message.data(), message.attributes());
      log.info("request {} of table {} released", request.requestId(), request.table());
    }
  }
}
