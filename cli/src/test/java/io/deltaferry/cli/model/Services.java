package io.deltaferry.cli.model;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.extractor.InMemoryExtractor;
import io.deltaferry.loader.InMemoryLoader;
import io.deltaferry.merger.InMemoryMerger;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Ledger;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.Handler;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.Stage;
import io.deltaferry.service.StagedWork;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;

/** Makes instances of the services, one for each delivery: none remembers anything of another. */
final class Services {
  private static final ServiceSettings SETTINGS =
      new ServiceSettings(
          World.PROJECT,
          BrokerModel.BUCKET,
          "US",
          World.CONTROL,
          Duration.ofMinutes(8),
          Topology.DEFAULT.topics(),
          BrokerModel.MOST_DELIVERIES);

  private static final TableFile TABLES =
      TableCatalog.read(
          """
          source: {url: "postgresql://nobody@nowhere/shop"}
          target: {project: %s, dataset: shop, control_dataset: %s}
          bucket: %s
          tables:
            orders:
              source: public.orders
              cursor: updated_at
              clock_margin: 0s
              strict: true
              parallel_slices: 2
              run_expiry: 1h
          """
              .formatted(World.PROJECT, World.CONTROL, BrokerModel.BUCKET),
          Map.of());

  private final SourceModel source;
  private final Calls calls;
  private final ControlStore control;
  private final Warehouse warehouse;
  private final Publisher publisher;
  private final Ledger ledger;
  private final Clock clock;
  private int attempts;

  Services(
      SourceModel source,
      ControlStore control,
      Warehouse warehouse,
      Publisher publisher,
      Calls calls) {
    this.source = source;
    this.calls = calls;
    this.control = calls.port(ControlStore.class, control, ErrorCode.STAGING_UNAVAILABLE);
    this.warehouse = calls.port(Warehouse.class, warehouse, ErrorCode.WAREHOUSE_UNAVAILABLE);
    this.publisher = calls.port(Publisher.class, publisher, ErrorCode.PUBLISH_FAILED);
    this.ledger = calls.port(Ledger.class, events -> {}, ErrorCode.WAREHOUSE_UNAVAILABLE);
    InstantSource now = source::now;
    this.clock = now.withZone(ZoneOffset.UTC);
  }

  /** A new instance of the service of that name. */
  Handler instance(String stage) {
    Journal journal = Handler.journal(ledger);
    RunEnd runEnd = new RunEnd(control, publisher, SETTINGS.topics(), clock, journal);
    StagedWork work = new StagedWork(control, publisher, runEnd, this::attempt);
    Ports ports = new Ports(SETTINGS, control, warehouse, publisher, journal, runEnd, work, clock);
    return new Handler(stage(stage, ports), publisher, BrokerModel.MOST_DELIVERIES, journal, clock);
  }

  private Stage stage(String name, Ports ports) {
    return switch (name) {
      case "extractor" -> InMemoryExtractor.of(ports, TABLES, source, calls, this::attempt);
      case "loader" -> InMemoryLoader.of(ports);
      default -> InMemoryMerger.of(ports);
    };
  }

  private String attempt() {
    return "attempt-" + attempts++;
  }
}
