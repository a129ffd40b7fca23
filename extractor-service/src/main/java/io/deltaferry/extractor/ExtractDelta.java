package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.Stage;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Turns a request for a table into a run, and extracts its delta. */
final class ExtractDelta implements Stage {
  private static final Logger log = LoggerFactory.getLogger(ExtractDelta.class);

  /** Each lost race has a winner, so a few rounds are many. */
  private static final int ROUNDS = 5;

  /** Catalog queries are small; one that takes longer meets a lock. */
  private static final Duration CATALOG_TIMEOUT = Duration.ofSeconds(60);

  private final TableFile tables;
  private final PostgresSource source;
  private final ControlStore control;
  private final TakeTurn turns;
  private final PlanRun plans;
  private final ExtractSlice slices;
  private final RunEnd runEnd;

  ExtractDelta(
      TableFile tables,
      PostgresSource source,
      ControlStore control,
      PlanRun plans,
      ExtractSlice slices,
      RunEnd runEnd) {
    this.tables = tables;
    this.source = source;
    this.control = control;
    this.turns = new TakeTurn(control);
    this.plans = plans;
    this.slices = slices;
    this.runEnd = runEnd;
  }

  @Override
  public String name() {
    return "extractor";
  }

  @Override
  public void handle(IncomingEvent event) {
    if (!(event instanceof PubSubMessage message)) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "the extractor takes requests such as {\"table\":\"orders\"}, this is an object event;"
              + " check which topic its subscription reads");
    }
    ExtractRequest request = Messages.extractRequest(message.text());
    MDC.put("table", request.table());
    TableConfig table = tables.requiredTable(request.table());
    String requestId = RequestId.of(request, table, message);
    for (int round = 0; round < ROUNDS; round++) {
      Turn turn = turns.take(request, requestId, table.runExpiry());
      if (turn instanceof Turn.Meet) {
        return;
      }
      if (turn instanceof Turn.Continue known) {
        resume(known.run());
        return;
      }
      PlanRun.Request asked = new PlanRun.Request(requestId, message.publishTime());
      if (turn instanceof Turn.Start start && run(table, plans.numbered(start), asked)) {
        return;
      }
    }
    throw new DeltaferryException(
        ErrorCode.STAGING_UNAVAILABLE,
        "other requests for table " + table.name() + " were always faster; tried again later");
  }

  /** Plans and extracts; false when another request took the number first. */
  private boolean run(TableConfig table, Turn.Start start, PlanRun.Request request) {
    MDC.put("run", Long.toString(start.run().seq()));
    RunPlan plan;
    try (PostgresSession session = source.open(CATALOG_TIMEOUT)) {
      plan = plans.plan(table, start, request, session);
    } catch (DeltaferryException e) {
      if (e.kind() == ErrorKind.PERMANENT) {
        if (!claim(start.run(), request.requestId(), refused(start, request, e))) {
          return false;
        }
        runEnd.fail(start.run(), request.requestId(), e.code(), e.getMessage());
      }
      throw e;
    }
    String planText = RunJson.write(plan);
    if (!claim(start.run(), request.requestId(), planText)) {
      return false;
    }
    log.info("planned run {}: reads {}", plan.run(), plan.low().describe());
    runEnd.endingOnFailure(plan.run(), () -> slices.extract(plan, planText));
    return true;
  }

  private static String refused(
      Turn.Start start, PlanRun.Request request, DeltaferryException failure) {
    return RunJson.write(
        new RefusedPlan(
            start.run().table(),
            start.run().seq(),
            request.requestId(),
            failure.code(),
            failure.getMessage()));
  }

  /** Number, lease and fence in one: creating the plan object starts the run. */
  private boolean claim(RunId run, String requestId, String planText) {
    return control
        .create(ObjectNames.plan(run), planText, Map.of(KnownRun.REQUEST_ID, requestId))
        .won();
  }

  private void resume(KnownRun known) {
    MDC.put("run", Long.toString(known.id().seq()));
    Optional<EndOfRun> end = runEnd.of(known.id());
    if (end.isPresent()) {
      log.info("request already served by run {}", known.id());
      runEnd.tell(end.get());
      return;
    }
    String name = ObjectNames.plan(known.id());
    String planText =
        control
            .read(name)
            .orElseThrow(
                () ->
                    new DeltaferryException(
                        ErrorCode.STAGING_UNAVAILABLE, name + " is listed but not readable"));
    log.info("going on with run {}", known.id());
    runEnd.endingOnFailure(known.id(), () -> extract(name, planText));
  }

  private void extract(String name, String planText) {
    Optional<DeltaferryException> refused = RefusedPlan.failure(name, planText);
    if (refused.isPresent()) {
      throw refused.get();
    }
    slices.extract(RunJson.read(name, planText, RunPlan.class), planText);
  }
}
