package io.deltaferry.extractor;

import io.deltaferry.copy.CopyExtraction;
import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.CopySettings;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SourceTurns;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Outcome;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.Slice;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LogEvents;
import io.deltaferry.service.RunEvents;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Extracts the rows of a slice, or cuts it in two when they do not come in time. */
final class ExtractSlice {
  private static final Logger log = LoggerFactory.getLogger(ExtractSlice.class);

  private final SourceTurns source;
  private final CutSlice cutter;
  private final ControlStore control;
  private final Function<String, PartSink> staging;
  private final Journal journal;
  private final Duration budget;
  private final Clock clock;
  private final Supplier<String> attempts;
  private final CopyPermits permits;

  /**
   * Takes the ports.
   *
   * @param staging makes the sink of parts below a prefix
   * @param budget after which a handler ends by itself
   * @param attempts names attempts, never twice the same
   * @param permits bound how many extractions this instance runs at a time
   */
  ExtractSlice(
      SourceTurns source,
      CutSlice cutter,
      ControlStore control,
      Function<String, PartSink> staging,
      Journal journal,
      Duration budget,
      Clock clock,
      Supplier<String> attempts,
      CopyPermits permits) {
    this.source = source;
    this.cutter = cutter;
    this.control = control;
    this.staging = staging;
    this.journal = journal;
    this.budget = budget;
    this.clock = clock;
    this.attempts = attempts;
    this.permits = permits;
  }

  /** The slice's stored outcome: that of the first attempt that came to an end. */
  Outcome extract(RunPlan plan, Slice slice) {
    Outcome outcome =
        Outcome.read(control, plan.run(), slice.path())
            .orElseGet(() -> permits.holding(budget, left -> attempt(plan, slice, left)));
    journal.record(
        outcome instanceof Receipt receipt
            ? RunEvents.sliceStaged(plan, receipt)
            : RunEvents.sliceSplit(plan, slice.path(), clock.instant()));
    return outcome;
  }

  /** A quarter of the time is kept for cutting. */
  private Outcome attempt(RunPlan plan, Slice slice, Duration left) {
    Duration quarter = left.dividedBy(4);
    String work = plan.run() + " " + slice.path();
    try (PostgresSession session = source.open(work, quarter, quarter.multipliedBy(2))) {
      // Whoever had the slice before may have finished it.
      Optional<Outcome> stored = Outcome.read(control, plan.run(), slice.path());
      return stored.isPresent()
          ? stored.get()
          : copy(plan, slice, session, quarter.multipliedBy(2)).store(control, plan.run());
    } catch (DeltaferryException e) {
      if (e.code() != ErrorCode.SOURCE_TIMEOUT) {
        throw e;
      }
      log.warn("slice {} of run {} is cut in two: {}", slice.path(), plan.run(), e.getMessage());
      return cutter.cut(plan, slice, quarter, e).store(control, plan.run());
    }
  }

  private Receipt copy(RunPlan plan, Slice slice, PostgresSession session, Duration left) {
    String attempt = attempts.get();
    Instant started = clock.instant();
    DeltaSource deltaSource = plan.source().deltaSource();
    session.beginSnapshot(deltaSource instanceof PgTable table ? table : null);
    String fingerprint = new CatalogReader(session).describe(deltaSource).fingerprint();
    if (!fingerprint.equals(plan.fingerprint())) {
      throw changed(plan);
    }
    PartSink sink = staging.apply(ObjectNames.partsPrefix(plan.run(), slice.path(), attempt));
    long snapshot = plan.slicing().isWhole(slice) ? 0 : session.snapshotNumber();
    CopyResult result =
        new CopyExtraction(session, copySettings(plan, left))
            .run(plan.query(slice, snapshot), sink);
    long bytes = result.parts().stream().mapToLong(PartReceipt::bytes).sum();
    LogEvents.deltaExtracted(result.rows(), bytes, result.parts().size());
    return new Receipt(
        slice.path(),
        attempt,
        result.rows(),
        result.parts(),
        result.uncompressedBytes(),
        result.high(),
        result.nullCursors(),
        result.overlap(),
        result.losses(),
        result.digest(),
        started,
        clock.instant());
  }

  private static CopySettings copySettings(RunPlan plan, Duration budget) {
    int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
    return new CopySettings(plan.partBytes(), threads, budget);
  }

  private static DeltaferryException changed(RunPlan plan) {
    return new DeltaferryException(
        ErrorCode.SOURCE_CHANGED,
        "the columns of "
            + plan.source().deltaSource().describe()
            + " changed after run "
            + plan.run()
            + " was planned; nothing was staged. Ask for the table again: the next run plans anew");
  }
}
