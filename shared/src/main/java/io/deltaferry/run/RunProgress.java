package io.deltaferry.run;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of a run is done. The extraction counts for eight tenths, load and merge for one each:
 * where a run takes long, it is the extraction that does.
 *
 * <p>Of the extraction, the share of its slices is done, or of its rows where that is less: the
 * rows that are staged, and beside them the estimate's part for the slices that are not. So a wrong
 * estimate counts for less with every slice, and no more is ever called done than slices are. Only
 * a slice that is cut in two takes something back.
 *
 * @param slices of the run, those included that others were cut into
 * @param rowsEstimated for all slices together, or null
 */
public record RunProgress(
    Phase phase, long slices, long slicesStaged, long rowsStaged, @Nullable Long rowsEstimated) {
  /** Where a run is. */
  public enum Phase {
    EXTRACTING,
    LOADING,
    MERGING,
    /** It brought everything. */
    DONE
  }

  private static final double EXTRACTED = 0.8;
  private static final double LOADED = 0.9;

  public RunProgress {
    slices = Math.max(Math.max(1, slices), slicesStaged);
    if (slicesStaged < 0 || rowsStaged < 0) {
      throw new IllegalArgumentException("nothing less than nothing is staged");
    }
  }

  /** From 0 to 1, and 1 at the end only. */
  public double share() {
    return switch (phase) {
      case EXTRACTING -> EXTRACTED * extracted();
      case LOADING -> EXTRACTED;
      case MERGING -> LOADED;
      case DONE -> 1;
    };
  }

  /**
   * How long the rest takes if it goes on as before; never negative, and empty while nothing is
   * known.
   *
   * @param elapsed since the run began
   */
  public Optional<Duration> left(Duration elapsed) {
    double share = share();
    if (share == 0) {
      return Optional.empty();
    }
    double millis = Math.max(0, elapsed.toMillis()) * (1 - share) / share;
    return Optional.of(Duration.ofMillis(Math.round(millis)));
  }

  private double extracted() {
    double ofSlices = (double) slicesStaged / slices;
    double rowsLeft =
        rowsEstimated == null
            ? 0
            : (double) Math.max(0, rowsEstimated) * (slices - slicesStaged) / slices;
    double rows = rowsStaged + rowsLeft;
    return rowsEstimated == null || rows == 0 ? ofSlices : Math.min(ofSlices, rowsStaged / rows);
  }
}
