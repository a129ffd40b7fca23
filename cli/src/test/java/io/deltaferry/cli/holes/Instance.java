package io.deltaferry.cli.holes;

import io.deltaferry.extractor.ExtractorStage;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.loader.LoaderStage;
import io.deltaferry.merger.MergerStage;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.DeadLetters;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Stage;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.testing.RecordingLedger;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One instance of each service, wired as in production but for what a test puts in between. */
final class Instance {
  private final Line line;
  private final Map<String, String> environment = new HashMap<>();
  private ControlStore control;
  private Warehouse warehouse;
  private Publisher publisher;
  private Clock clock;
  private @Nullable Stages stages;

  /** Made when the first event comes. */
  private record Stages(Stage extractor, Stage loader, Stage merger) {}

  Instance(Line line) {
    this.line = line;
    Bench bench = line.bench;
    environment.putAll(bench.endpoints);
    environment.put(ServiceSettings.PROJECT, Bench.PROJECT);
    environment.put(ServiceSettings.BUCKET, Bench.BUCKET);
    environment.put(ServiceSettings.CONTROL_DATASET, "control");
    environment.put(ServiceSettings.TABLES, line.tableFile.toString());
    environment.put(TableCatalog.SOURCE_URL, bench.sourceUrl());
    control = new NotifyingStore(new StorageControlStore(bench.storage, Bench.BUCKET), line);
    warehouse = bench.warehouse;
    publisher = line.bus;
    clock = bench.clock.clock();
  }

  Instance store(UnaryOperator<ControlStore> between) {
    requireNew();
    control = between.apply(control);
    return this;
  }

  Instance warehouse(UnaryOperator<Warehouse> between) {
    requireNew();
    warehouse = between.apply(warehouse);
    return this;
  }

  Instance publisher(UnaryOperator<Publisher> between) {
    requireNew();
    publisher = between.apply(publisher);
    return this;
  }

  Instance clock(Clock own) {
    clock = own;
    return this;
  }

  /** How long a handler may work, as in {@code 4s}. */
  Instance budget(String text) {
    environment.put(ServiceSettings.BUDGET, text);
    return this;
  }

  private void requireNew() {
    if (stages != null) {
      throw new IllegalStateException("it works already");
    }
  }

  /** Hands the event to the service that it is for. */
  void take(Bus.Delivery delivery) {
    Stages wired = stages();
    Stage stage =
        switch (delivery.to()) {
          case EXTRACTOR -> wired.extractor();
          case LOADER -> wired.loader();
          case MERGER -> wired.merger();
        };
    stage.handle(delivery.event());
  }

  private synchronized Stages stages() {
    if (stages == null) {
      ServiceParts parts = parts();
      stages =
          new Stages(
              ExtractorStage.of(parts, environment), LoaderStage.of(parts), MergerStage.of(parts));
    }
    return stages;
  }

  private ServiceParts parts() {
    ServiceSettings settings = ServiceSettings.from(environment);
    Journal journal = new Journal(new RecordingLedger());
    return new ServiceParts(
        settings,
        line.bench.clients,
        line.bench.storage,
        control,
        warehouse,
        publisher,
        journal,
        new LedgerSchema(warehouse, settings.project(), settings.controlDataset()),
        new RunEnd(control, publisher, settings.topics(), clock, journal),
        new DeadLetters(publisher, settings.topics().deadLetters()),
        clock);
  }
}
