package io.deltaferry.loader;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.RunId;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.RunEvents;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Stage;
import io.deltaferry.service.StagedRun;
import io.deltaferry.service.StagedWork;
import io.deltaferry.table.NewTable;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Loads the parts that a manifest names into the run's temp table, and says so. */
final class LoadDelta implements Stage {
  private static final Logger log = LoggerFactory.getLogger(LoadDelta.class);

  private final StagedWork work;
  private final DamagedParts damaged;
  private final TempTables tempTables;
  private final Warehouse warehouse;
  private final Publisher publisher;
  private final RunEnd runEnd;
  private final Journal journal;
  private final ServiceSettings settings;
  private final Clock clock;

  LoadDelta(
      StagedWork work,
      ControlStore control,
      Warehouse warehouse,
      Publisher publisher,
      RunEnd runEnd,
      Journal journal,
      ServiceSettings settings,
      Clock clock) {
    this.work = work;
    this.damaged = new DamagedParts(control);
    this.tempTables = new TempTables(warehouse, clock);
    this.warehouse = warehouse;
    this.publisher = publisher;
    this.runEnd = runEnd;
    this.journal = journal;
    this.settings = settings;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "loader";
  }

  @Override
  public void handle(IncomingEvent event) {
    if (!(event instanceof ObjectFinalized object)) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "the loader takes the finalize events of manifests, this is a plain message; check which"
              + " topic its subscription reads");
    }
    Optional<RunId> run = runOf(object);
    if (run.isEmpty()) {
      log.debug("{} is no manifest of ours", object.name());
      return;
    }
    MDC.put("table", run.get().table());
    MDC.put("run", Long.toString(run.get().seq()));
    work.on(
        run.get(),
        settings.topics().stagedDeltas(),
        Messages.encode(StagedDelta.of(object)),
        staged -> {
          load(staged);
          publish(staged);
        });
  }

  @Override
  public void giveUp(IncomingEvent event, DeltaferryException failure) {
    if (event instanceof ObjectFinalized object) {
      runOf(object).ifPresent(run -> runEnd.giveUp(run, failure));
    }
  }

  private Optional<RunId> runOf(ObjectFinalized object) {
    return object.bucket().equals(settings.bucket())
        ? ObjectNames.runOfManifest(object.name())
        : Optional.empty();
  }

  private void load(StagedRun staged) {
    NewTable temp = tempTables.ready(staged);
    List<String> uris =
        staged.manifest().parts().stream()
            .map(part -> "gs://" + settings.bucket() + "/" + part.name())
            .toList();
    long rows;
    try {
      rows = uris.isEmpty() ? 0 : warehouse.loadCsv(staged.jobName("load"), temp, uris);
    } catch (DeltaferryException failure) {
      throw failure.code() == ErrorCode.WAREHOUSE_JOB_RUNNING
          ? failure
          : damaged.in(staged.manifest()).orElse(failure);
    }
    if (rows != staged.manifest().rows()) {
      warehouse.drop(temp.ref());
      throw damaged.in(staged.manifest()).orElseGet(() -> countsDiffer(staged, rows));
    }
    log.info("loaded {} rows into {}", rows, temp.ref());
    journal.record(RunEvents.loaded(staged.plan(), rows, clock.instant()));
  }

  private static DeltaferryException countsDiffer(StagedRun staged, long rows) {
    return new DeltaferryException(
        ErrorCode.COUNTS_DIFFER,
        "the manifest of "
            + staged.plan().run()
            + " counts "
            + staged.manifest().rows()
            + " rows, the load of "
            + DamagedParts.names(staged.manifest())
            + " wrote "
            + rows
            + "; nothing was merged. Ask for the table again");
  }

  private void publish(StagedRun staged) {
    RunPlan plan = staged.plan();
    OutgoingMessage message =
        Messages.encode(
            new LoadedDelta(
                plan.table(), plan.seq(), ObjectNames.manifest(plan.run()), plan.temp().table()));
    publisher.publish(settings.topics().loadedDeltas(), message.data(), message.attributes());
  }
}
