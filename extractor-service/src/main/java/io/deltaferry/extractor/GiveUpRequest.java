package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.RunId;
import io.deltaferry.service.RunEnd;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Ends a request that is not delivered again as a refused one ends: its run has failed, and one
 * that had none gets one for it. Only while the table is another request's, nothing tells of it but
 * its dead letter.
 */
final class GiveUpRequest {
  private static final Logger log = LoggerFactory.getLogger(GiveUpRequest.class);

  private final ControlStore control;
  private final TakeTurn turns;
  private final PlanRun plans;
  private final RunEnd runEnd;

  GiveUpRequest(ControlStore control, TakeTurn turns, PlanRun plans, RunEnd runEnd) {
    this.control = control;
    this.turns = turns;
    this.plans = plans;
    this.runEnd = runEnd;
  }

  /** Ends it, unless another execution of the job is at work on its run. */
  void giveUp(
      ExtractRequest request, String requestId, Duration expiry, DeltaferryException failure) {
    String table = request.table();
    // The number that was tried may not have become this request's.
    MDC.remove("run");
    Turn turn = Turn.of(table, requestId, KnownRun.of(control, table));
    if (turn instanceof Turn.Continue known) {
      if (!turns.isHeld(known.run(), expiry)) {
        end(known.run().id(), failure);
      }
    } else if (turn instanceof Turn.Start start) {
      numbered(start)
          .ifPresent(
              own -> refuse(own, new KnownRun.Origin(requestId, request.asksFor(), ""), failure));
    }
  }

  private void refuse(Turn.Start start, KnownRun.Origin origin, DeltaferryException failure) {
    String refusal = RefusedPlan.text(start, origin.requestId(), failure);
    if (KnownRun.begin(control, start.run(), origin, refusal)) {
      end(start.run(), failure);
    }
  }

  private void end(RunId run, DeltaferryException failure) {
    MDC.put("run", Long.toString(run.seq()));
    runEnd.giveUp(run, failure);
  }

  /** Empty when BigQuery, which numbers a table without objects, is what does not answer. */
  private Optional<Turn.Start> numbered(Turn.Start start) {
    try {
      return Optional.of(plans.numbered(start));
    } catch (DeltaferryException e) {
      log.warn("the request gets no run: {}", e.getMessage());
      return Optional.empty();
    }
  }
}
