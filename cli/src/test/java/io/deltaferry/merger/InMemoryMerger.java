package io.deltaferry.merger;

import io.deltaferry.cli.model.Ports;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.service.Stage;

/** The merger behind ports in memory. */
public final class InMemoryMerger {
  private InMemoryMerger() {}

  /** One instance. */
  public static Stage of(Ports ports) {
    return new MergeDelta(
        ports.stagedWork(),
        ports.settings().topics().loadedDeltas(),
        ports.warehouse(),
        ports.runEnd(),
        new LedgerSchema(
            ports.warehouse(), ports.settings().project(), ports.settings().controlDataset()),
        new TargetTables(ports.warehouse()),
        new TryDelta(ports.warehouse(), ports.control()),
        "model");
  }
}
