package io.deltaferry.extractor;

import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.copy.StopSignal;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Outcome;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.Slice;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LogEvents;
import io.deltaferry.service.RunEvents;
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

  private final Worker worker;
  private final Source source;
  private final CutSlice cutter;
  private final ControlStore control;
  private final Function<String, PartSink> staging;
  private final Journal journal;
  private final Clock clock;
  private final Supplier<String> attempts;
  private final CopyPermits permits;

  /**
   * Takes the ports.
   *
   * @param worker as whom it extracts, and within which budget
   * @param staging makes the sink of parts below a prefix
   * @param attempts names attempts, never twice the same
   * @param permits bound how many extractions this instance runs at a time
   */
  ExtractSlice(
      Worker worker,
      Source source,
      ControlStore control,
      Function<String, PartSink> staging,
      Journal journal,
      Clock clock,
      Supplier<String> attempts,
      CopyPermits permits) {
    this.worker = worker;
    this.source = source;
    this.cutter = new CutSlice(source);
    this.control = control;
    this.staging = staging;
    this.journal = journal;
    this.clock = clock;
    this.attempts = attempts;
    this.permits = permits;
  }

  /**
   * The slice's stored outcome: that of the first attempt that came to an end. Empty when the run
   * was lost meanwhile: whoever has it now goes on with it, or has ended it.
   *
   * @param expiry quiet time after which others may take the run over
   */
  Optional<Outcome> extract(RunPlan plan, Slice slice, Duration expiry) {
    Optional<Outcome> outcome =
        Outcome.read(control, plan.run(), slice.path()).or(() -> extracted(plan, slice, expiry));
    outcome.ifPresent(
        known ->
            journal.record(
                known instanceof Receipt receipt
                    ? RunEvents.sliceStaged(plan, receipt)
                    : RunEvents.sliceSplit(plan, slice.path(), clock.instant())));
    return outcome;
  }

  private Optional<Outcome> extracted(RunPlan plan, Slice slice, Duration expiry) {
    StopSignal stop = new StopSignal();
    Beats beats = new Beats(control, plan.run(), slice.path(), worker.execution());
    Runnable told = () -> journal.record(RunEvents.alive(plan, slice.path(), clock.instant()));
    try (Heartbeat heart = new Heartbeat(plan.run(), beats, expiry, stop, told)) {
      if (worker.isJob()) {
        heart.beat();
      }
      try {
        Outcome own = permits.holding(worker.budget(), left -> attempt(plan, slice, left, stop));
        return heart.lost() ? Optional.empty() : Optional.of(own);
      } catch (DeltaferryException e) {
        if (!heart.lost()) {
          throw e;
        }
        log.warn("stopped: {}", e.getMessage());
        return Optional.empty();
      }
    }
  }

  /** Where a slice that takes too long can be cut, a quarter of the time is kept for that. */
  private Outcome attempt(RunPlan plan, Slice slice, Duration left, StopSignal stop) {
    Duration quarter = left.dividedBy(4);
    Duration reading = quarter.multipliedBy(worker.isJob() ? 3 : 2);
    String work = plan.run() + " " + slice.path();
    try (Source.Reading rows = source.reading(work, quarter, reading)) {
      // Whoever had the slice before may have finished it.
      Optional<Outcome> stored = Outcome.read(control, plan.run(), slice.path());
      return stored.isPresent()
          ? stored.get()
          : copy(plan, slice, rows, new Source.Limit(reading, stop)).store(control, plan.run());
    } catch (DeltaferryException e) {
      if (e.code() != ErrorCode.SOURCE_TIMEOUT || worker.isJob()) {
        throw e;
      }
      log.warn("slice {} of run {} is cut in two: {}", slice.path(), plan.run(), e.getMessage());
      return cutter.cut(plan, slice, quarter, e).store(control, plan.run());
    }
  }

  private Receipt copy(RunPlan plan, Slice slice, Source.Reading rows, Source.Limit limit) {
    String attempt = attempts.get();
    Instant started = clock.instant();
    PartSink sink = staging.apply(ObjectNames.partsPrefix(plan.run(), slice.path(), attempt));
    CopyResult result = rows.copy(plan, slice, limit, sink);
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
}
