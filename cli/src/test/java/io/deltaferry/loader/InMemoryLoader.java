package io.deltaferry.loader;

import io.deltaferry.cli.model.Ports;
import io.deltaferry.service.Stage;

/** The loader behind ports in memory. */
public final class InMemoryLoader {
  private InMemoryLoader() {}

  /** One instance. */
  public static Stage of(Ports ports) {
    return new LoadDelta(
        ports.stagedWork(),
        ports.control(),
        ports.warehouse(),
        ports.publisher(),
        ports.runEnd(),
        ports.journal(),
        ports.settings(),
        ports.clock());
  }
}
