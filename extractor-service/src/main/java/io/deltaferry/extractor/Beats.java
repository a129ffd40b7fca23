package io.deltaferry.extractor;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import java.util.List;
import java.util.Optional;

/**
 * The signs of life of whoever extracts a slice. Each is an object of its own, which makes the run
 * look young to all others, and before each it is seen whether the run is still there to work on.
 */
final class Beats {
  private final ControlStore control;
  private final RunId run;
  private final String slice;
  private final String holder;
  private long latest;

  /**
   * Takes the slice.
   *
   * @param holder an execution of the job, which claims the run; empty for a service, which does
   *     not
   */
  Beats(ControlStore control, RunId run, String slice, String holder) {
    this.control = control;
    this.run = run;
    this.slice = slice;
    this.holder = holder;
  }

  /**
   * Leaves the next one.
   *
   * @return false, and nothing is left, when the run has ended, was taken over, or is claimed by
   *     another execution
   */
  boolean next() {
    Optional<StoredObject> known =
        control.list(ObjectNames.beatsPrefix(run, slice), 1).stream().findFirst();
    long number = known.map(beat -> ObjectNames.numberOfBeat(beat.name())).orElse(0L);
    boolean overtaken = latest > 0 && number > latest && known.filter(this::isForeign).isPresent();
    if (overtaken || isOver()) {
      return false;
    }
    ControlStore.Created beat =
        control.create(ObjectNames.beat(run, slice, number + 1), "{}", KnownRun.claim(holder));
    latest = number + 1;
    return beat.won() || !isForeign(beat.object());
  }

  private boolean isForeign(StoredObject beat) {
    String other = beat.metadata().getOrDefault(KnownRun.HOLDER, "");
    return !other.isEmpty() && !other.equals(holder);
  }

  private boolean isOver() {
    List<KnownRun> runs = KnownRun.of(control, run.table());
    // Where somebody has deleted everything, nobody else has the run.
    return !runs.isEmpty() && (!runs.get(0).id().equals(run) || runs.get(0).ended());
  }
}
