package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.SliceRequest;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LogEvents;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.RunEvents;
import io.deltaferry.service.Stage;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Turns a request for a table into a run, and extracts its delta. */
final class ExtractDelta implements Stage {
  private static final Logger log = LoggerFactory.getLogger(ExtractDelta.class);

  static final String NAME = "extractor";

  /** Each lost race has a winner, so a few rounds are many. */
  private static final int ROUNDS = 5;

  /** Of runs whose table the table file has no more. */
  private static final Duration USUAL_EXPIRY = Duration.ofHours(1);

  private final Worker worker;
  private final TableFile tables;
  private final Source source;
  private final ControlStore control;
  private final TakeTurn turns;
  private final PlanRun plans;
  private final RunSlices slices;
  private final RunEnd runEnd;
  private final Journal journal;

  ExtractDelta(
      Worker worker,
      TableFile tables,
      Source source,
      ControlStore control,
      TakeTurn turns,
      PlanRun plans,
      RunSlices slices,
      RunEnd runEnd,
      Journal journal) {
    this.worker = worker;
    this.tables = tables;
    this.source = source;
    this.control = control;
    this.turns = turns;
    this.plans = plans;
    this.slices = slices;
    this.runEnd = runEnd;
    this.journal = journal;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public void handle(IncomingEvent event) {
    PubSubMessage message = Asked.message(event);
    if (Messages.isSliceRequest(message.text())) {
      SliceRequest slice = sliceRequest(message);
      slices.take(slice, expiry(slice.table()));
    } else {
      serve(Asked.of(message, tables));
    }
  }

  private void serve(Asked asked) {
    if (asked.stopsBackfill()) {
      stopBackfill(asked);
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      Turn turn = turns.take(asked.request(), asked.id(), asked.table().runExpiry());
      if (turn instanceof Turn.Meet) {
        return;
      }
      if (turn instanceof Turn.Held held) {
        log.info("{} is at work on run {}", held.run().holder(), held.run().id());
        return;
      }
      if (turn instanceof Turn.Continue known) {
        resume(known.run());
        return;
      }
      if (turn instanceof Turn.Start start && run(asked, plans.numbered(start))) {
        return;
      }
    }
    throw new DeltaferryException(
        ErrorCode.STAGING_UNAVAILABLE,
        "other requests for table "
            + asked.table().name()
            + " were always faster; tried again later");
  }

  /** Whatever run is live goes on to its end; those that would follow it find this. */
  private void stopBackfill(Asked asked) {
    control.create(ObjectNames.stop(asked.table().name(), asked.id()), "{}", Map.of());
    log.info("backfills that were asked for before request {} begin no further period", asked.id());
  }

  @Override
  public void giveUp(IncomingEvent event, DeltaferryException failure) {
    PubSubMessage message = Asked.message(event);
    if (Messages.isSliceRequest(message.text())) {
      SliceRequest slice = sliceRequest(message);
      runEnd.giveUp(new RunId(slice.table(), slice.seq()), failure);
      return;
    }
    Asked asked = Asked.of(message, tables);
    if (asked.stopsBackfill()) {
      return;
    }
    new GiveUpRequest(control, turns, plans, runEnd)
        .giveUp(asked.request(), asked.id(), asked.table().runExpiry(), failure);
  }

  private static SliceRequest sliceRequest(PubSubMessage message) {
    SliceRequest request = Messages.sliceRequest(message.text());
    MDC.put("table", request.table());
    return request;
  }

  /** Plans and extracts; false when another request took the number first. */
  private boolean run(Asked asked, Turn.Start start) {
    MDC.put("run", Long.toString(start.run().seq()));
    String planText = plan(asked, start);
    KnownRun.Origin origin =
        new KnownRun.Origin(asked.id(), asked.request().asksFor(), worker.execution());
    boolean won = KnownRun.begin(control, start.run(), origin, planText);
    if (won) {
      tellOfAbandoned(start);
      extract(start.run(), () -> planText);
    }
    return won;
  }

  private static void tellOfAbandoned(Turn.Start start) {
    if (start.takesOver() != null && start.quiet() != null) {
      LogEvents.runAbandoned(new RunId(start.run().table(), start.takesOver()), start.quiet());
    }
  }

  /** That of the table file, as whoever takes runs over goes by it. */
  private Duration expiry(String table) {
    return tables.table(table).map(TableConfig::runExpiry).orElse(USUAL_EXPIRY);
  }

  /** The plan, or the refusal that takes its place. */
  private String plan(Asked asked, Turn.Start start) {
    PlanRun.Request request =
        new PlanRun.Request(asked.request(), asked.id(), asked.message().publishTime());
    try (Source.Planning planning = source.planning(asked.table())) {
      return RunJson.write(plans.plan(asked.table(), start, request, planning));
    } catch (DeltaferryException e) {
      if (e.kind() != ErrorKind.PERMANENT) {
        throw e;
      }
      return RefusedPlan.text(start, asked.id(), e);
    }
  }

  private void resume(KnownRun known) {
    MDC.put("run", Long.toString(known.id().seq()));
    Optional<EndOfRun> end = runEnd.of(known.id());
    if (end.isPresent()) {
      log.info("request already served by run {}", known.id());
      runEnd.tell(end.get());
      return;
    }
    log.info("going on with run {}", known.id());
    extract(known.id(), () -> storedPlan(known.id()));
  }

  private String storedPlan(RunId run) {
    return KnownRun.plan(control, run)
        .orElseThrow(
            () ->
                new DeltaferryException(
                    ErrorCode.STAGING_UNAVAILABLE,
                    ObjectNames.plan(run) + " is listed but not readable"));
  }

  private void extract(RunId run, Supplier<String> plans) {
    String name = ObjectNames.plan(run);
    runEnd.endingOnFailure(
        run,
        () -> {
          String planText = plans.get();
          RefusedPlan read = RunJson.read(name, planText, RefusedPlan.class);
          if (read.takesOver() != null) {
            runEnd.supersede(new RunId(run.table(), read.takesOver()));
          }
          RunPlan plan = read.plan(name, planText);
          journal.record(RunEvents.planned(plan, expiry(run.table())));
          log.info("run {} reads {}", run, plan.low().describe());
          if (!plan.quarantined().isEmpty()) {
            LogEvents.columnsQuarantined(plan.table(), plan.quarantined());
          }
          slices.start(plan, planText, expiry(run.table()));
        });
  }
}
