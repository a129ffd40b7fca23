package io.deltaferry.cli.status;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.RunProgress;
import io.deltaferry.run.RunProgress.Phase;
import io.deltaferry.run.StoredObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a run that has no end has come: its slices from the bucket, what came after them from the
 * ledger.
 *
 * @param started when it was planned; null for a request that was refused
 * @param trouble why its last attempt failed, or null
 */
record LiveRun(RunProgress progress, @Nullable Instant started, @Nullable String trouble) {
  /** More slices than a run has. */
  private static final int LISTED = 10_000;

  /** What a plan says of it; a refusal in its place says nothing. */
  private record Planned(
      @Nullable Long estimatedRows, @Nullable Instant plannedAt, @Nullable Cut slicing) {
    private record Cut(@Nullable List<Object> slices) {}

    long slices() {
      List<Object> slices = slicing == null ? null : slicing.slices();
      return slices == null ? 1 : slices.size();
    }
  }

  /** What a slice's outcome says of it: its rows, or that others have them. */
  private record Outcome(@Nullable Long rows, @Nullable List<Object> halves) {}

  /** Reads it. */
  static LiveRun read(ControlStore control, RunId run, LedgerNews news) {
    Planned planned =
        read(control, ObjectNames.plan(run), Planned.class)
            .orElseGet(() -> new Planned(null, null, null));
    long slices = planned.slices();
    long staged = 0;
    long rows = 0;
    for (StoredObject object : control.list(ObjectNames.slicesPrefix(run), LISTED)) {
      if (ObjectNames.sliceOf(object.name()).isEmpty()) {
        // A sign of life, which lies beside.
        continue;
      }
      Outcome outcome =
          read(control, object.name(), Outcome.class).orElseGet(() -> new Outcome(null, null));
      if (outcome.halves() != null) {
        slices++;
      } else {
        staged++;
        rows += outcome.rows() == null ? 0 : outcome.rows();
      }
    }
    return new LiveRun(
        new RunProgress(phase(control, run, news), slices, staged, rows, planned.estimatedRows()),
        planned.plannedAt(),
        news.trouble(run));
  }

  private static Phase phase(ControlStore control, RunId run, LedgerNews news) {
    if (news.loaded(run)) {
      return Phase.MERGING;
    }
    // Its content may be long, and says nothing that the receipts do not.
    return control.list(ObjectNames.manifest(run), 1).isEmpty() ? Phase.EXTRACTING : Phase.LOADING;
  }

  private static <T> Optional<T> read(ControlStore control, String name, Class<T> type) {
    return control.read(name).map(content -> RunJson.read(name, content, type));
  }

  /** Since it was planned; zero where clocks disagree. */
  Duration elapsed(Instant now) {
    Duration elapsed = started == null ? Duration.ZERO : Duration.between(started, now);
    return elapsed.isNegative() ? Duration.ZERO : elapsed;
  }

  /** Rows a second so far, or null before the first second is over. */
  @Nullable Long rate(Instant now) {
    long seconds = elapsed(now).toSeconds();
    return seconds == 0 ? null : progress.rowsStaged() / seconds;
  }

  /** How long the rest takes, about. */
  Optional<Duration> left(Instant now) {
    return progress.left(elapsed(now));
  }
}
