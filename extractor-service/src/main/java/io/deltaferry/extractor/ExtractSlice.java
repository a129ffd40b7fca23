package io.deltaferry.extractor;

import io.deltaferry.copy.CopyExtraction;
import io.deltaferry.copy.CopyResult;
import io.deltaferry.copy.CopySettings;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartSink;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LogEvents;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.RunEvents;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.StagedRun;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Extracts the rows of a run's slice, and writes the manifest once all slices have their outcome. A
 * run has one slice so far; its path is {@code 0}, and slicing takes its place here.
 */
final class ExtractSlice {
  private static final Logger log = LoggerFactory.getLogger(ExtractSlice.class);

  private static final String WHOLE = "0";

  private final PostgresSource source;
  private final ControlStore control;
  private final Function<String, PartSink> staging;
  private final Publisher publisher;
  private final RunEnd runEnd;
  private final Journal journal;
  private final ServiceSettings settings;
  private final Clock clock;
  private final Supplier<String> attempts;
  private final CopyPermits permits;

  /**
   * Takes the ports.
   *
   * @param staging makes the sink of parts below a prefix
   * @param attempts names attempts, never twice the same
   * @param permits bound how many extractions this instance runs at a time
   */
  ExtractSlice(
      PostgresSource source,
      ControlStore control,
      Function<String, PartSink> staging,
      Publisher publisher,
      RunEnd runEnd,
      Journal journal,
      ServiceSettings settings,
      Clock clock,
      Supplier<String> attempts,
      CopyPermits permits) {
    this.source = source;
    this.control = control;
    this.staging = staging;
    this.publisher = publisher;
    this.runEnd = runEnd;
    this.journal = journal;
    this.settings = settings;
    this.clock = clock;
    this.attempts = attempts;
    this.permits = permits;
  }

  /** Extracts unless that was done before, and tells the loader. */
  void extract(RunPlan plan, String planText) {
    RunId run = plan.run();
    Optional<String> known = control.read(ObjectNames.manifest(run));
    if (known.isPresent()) {
      tellLoader(run, known.get().length());
      return;
    }
    Receipt receipt = receipt(plan);
    journal.record(RunEvents.sliceStaged(plan, receipt));
    if (plan.bringsNothing(receipt.rows(), receipt.digest(), receipt.high())) {
      runEnd.end(run, plan.requestId(), SyncOutcome.EMPTY, 0);
      return;
    }
    writeManifest(plan, planText, receipt);
  }

  /** The slice's stored receipt: the first attempt that finished. */
  private Receipt receipt(RunPlan plan) {
    String name = ObjectNames.outcome(plan.run(), WHOLE);
    Optional<String> stored = control.read(name);
    String content =
        stored.isPresent()
            ? stored.get()
            : control
                .create(
                    name,
                    RunJson.write(permits.holding(settings.budget(), left -> copy(plan, left))),
                    Map.of())
                .content();
    return RunJson.read(name, content, Receipt.class);
  }

  private Receipt copy(RunPlan plan, Duration budget) {
    String attempt = attempts.get();
    Instant started = clock.instant();
    DeltaSource deltaSource = plan.source().deltaSource();
    try (PostgresSession session = source.open(budget)) {
      session.beginSnapshot(deltaSource instanceof PgTable table ? table : null);
      String fingerprint = new CatalogReader(session).describe(deltaSource).fingerprint();
      if (!fingerprint.equals(plan.fingerprint())) {
        throw changed(plan);
      }
      PartSink sink = staging.apply(ObjectNames.partsPrefix(plan.run(), WHOLE, attempt));
      CopyResult result =
          new CopyExtraction(session, copySettings(plan, budget)).run(plan.query(), sink);
      long bytes = result.parts().stream().mapToLong(PartReceipt::bytes).sum();
      LogEvents.deltaExtracted(result.rows(), bytes, result.parts().size());
      return new Receipt(
          WHOLE,
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

  private void writeManifest(RunPlan plan, String planText, Receipt receipt) {
    Manifest manifest =
        Manifest.of(
            plan.run(),
            StagedRun.hash(planText),
            List.of(receipt),
            receipt.high(),
            plan.nextLow(receipt.high()));
    if (manifest.nullCursors() > 0) {
      log.warn(
          "{} rows have no {}; no increment will see them change",
          manifest.nullCursors(),
          plan.cursor());
    }
    ControlStore.Created created =
        control.create(ObjectNames.manifest(plan.run()), RunJson.write(manifest), Map.of());
    journal.record(RunEvents.staged(plan, manifest, created.object().created()));
    if (!created.won()) {
      tellLoader(plan.run(), created.object().size());
    } else if (!manifest.losses().isEmpty()) {
      LogEvents.valuesChanged(manifest.losses());
    }
  }

  /** The manifest's own event may have been used up; create-only objects fire no second one. */
  private void tellLoader(RunId run, long size) {
    OutgoingMessage message =
        Messages.encode(
            new StagedDelta(
                settings.bucket(), ObjectNames.manifest(run), 0, size, clock.instant()));
    publisher.publish(settings.topics().stagedDeltas(), message.data(), message.attributes());
  }
}
