package io.deltaferry.extractor;

import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.SliceRequest;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.Losses;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Slice;
import io.deltaferry.run.SliceTree;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LogEvents;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.RunEvents;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.table.SyncMode;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with a run after a slice: asks for the slice that follows, or, when every slice has its
 * outcome, writes the manifest. Whoever comes to it does that; doing it twice changes nothing.
 */
final class CompleteRun {
  private static final Logger log = LoggerFactory.getLogger(CompleteRun.class);

  private final ControlStore control;
  private final Publisher publisher;
  private final RunEnd runEnd;
  private final Journal journal;
  private final ServiceSettings settings;
  private final Clock clock;

  CompleteRun(
      ControlStore control,
      Publisher publisher,
      RunEnd runEnd,
      Journal journal,
      ServiceSettings settings,
      Clock clock) {
    this.control = control;
    this.publisher = publisher;
    this.runEnd = runEnd;
    this.journal = journal;
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether all is staged already; then the loader has been told once more. */
  boolean isComplete(RunId run) {
    Optional<String> known = control.read(ObjectNames.manifest(run));
    known.ifPresent(manifest -> tellLoader(run, manifest.length()));
    return known.isPresent();
  }

  /**
   * Goes on with some of the plan's chains. In each of them a slice is asked for when the one
   * before it has its outcome, so that no more slices are read at a time than there are chains.
   *
   * @param planText the plan as it is stored
   */
  void goOn(RunPlan plan, String planText, IntPredicate chains) {
    SliceTree tree = SliceTree.read(control, plan.run(), plan.slicing().slices());
    if (tree.isComplete()) {
      finish(plan, planText, tree.receipts(control, plan.run()));
      return;
    }
    Set<Integer> asked = new HashSet<>();
    for (Slice slice : tree.open()) {
      int chain = plan.slicing().chain(slice.path());
      if (chains.test(chain) && asked.add(chain)) {
        ask(plan, planText, slice);
      }
    }
  }

  private void ask(RunPlan plan, String planText, Slice slice) {
    OutgoingMessage message =
        Messages.encode(
            new SliceRequest(plan.table(), plan.seq(), slice.path(), RunJson.hash(planText)));
    publisher.publish(settings.topics().extractRequests(), message.data(), message.attributes());
  }

  /** Ends the run when it brings nothing, or makes its rows visible. */
  void finish(RunPlan plan, String planText, List<Receipt> receipts) {
    // Nobody has told of those that were adopted.
    receipts.forEach(receipt -> journal.record(RunEvents.sliceStaged(plan, receipt)));
    long rows = receipts.stream().mapToLong(Receipt::rows).sum();
    String high = plan.high(receipts);
    // Only rows of one snapshot are compared with earlier ones.
    String digest = receipts.size() == 1 ? receipts.get(0).digest() : null;
    if (plan.bringsNothing(rows, digest, high)) {
      runEnd.end(plan, SyncOutcome.EMPTY, 0);
      return;
    }
    writeManifest(plan, planText, receipts, high);
  }

  private void writeManifest(
      RunPlan plan, String planText, List<Receipt> receipts, @Nullable String high) {
    Manifest manifest =
        Manifest.of(plan.run(), RunJson.hash(planText), receipts, high, plan.nextLow(high));
    if (manifest.nullCursors() > 0 && plan.mode() != SyncMode.BACKFILL) {
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
      return;
    }
    Map<String, Long> changed = new Losses(plan.columns()).changed(manifest.losses());
    if (!changed.isEmpty()) {
      LogEvents.valuesChanged(changed);
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
