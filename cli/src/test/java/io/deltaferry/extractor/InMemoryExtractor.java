package io.deltaferry.extractor;

import io.deltaferry.cli.model.Calls;
import io.deltaferry.cli.model.Ports;
import io.deltaferry.cli.model.SourceModel;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.service.Stage;
import io.deltaferry.table.TableFile;
import java.util.function.Supplier;

/** The extractor behind ports in memory. */
public final class InMemoryExtractor {
  private InMemoryExtractor() {}

  /**
   * One instance.
   *
   * @param attempts names attempts, never twice the same
   */
  public static Stage of(
      Ports ports, TableFile tables, SourceModel rows, Calls calls, Supplier<String> attempts) {
    Source source =
        calls.port(Source.class, new InMemorySource(rows, calls), ErrorCode.SOURCE_UNAVAILABLE);
    Worker worker = Worker.service(ports.settings().budget());
    TakeTurn turns = new TakeTurn(ports.control(), attempts, ports.journal(), ports.clock(), "");
    PlanRun plans =
        new PlanRun(
            tables.target(), new Progress(ports.warehouse()), ports.control(), ports.clock());
    ExtractSlice slices =
        new ExtractSlice(
            worker,
            source,
            ports.control(),
            prefix -> new InMemoryParts(ports.control(), prefix),
            ports.journal(),
            ports.clock(),
            attempts,
            new CopyPermits(1));
    CompleteRun completion =
        new CompleteRun(
            ports.control(),
            ports.publisher(),
            ports.runEnd(),
            ports.journal(),
            ports.settings(),
            ports.clock());
    return new ExtractDelta(
        worker,
        tables,
        source,
        ports.control(),
        turns,
        plans,
        new RunSlices(ports.control(), slices, completion, ports.runEnd(), plan -> {}),
        ports.runEnd(),
        ports.journal());
  }
}
