package io.deltaferry.plan;

import io.deltaferry.table.PeriodLength;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A run's part of a backfill. It knows all that is left of what was found missing at first, so that
 * the runs after it compare nothing.
 *
 * @param period how long the periods are
 * @param began the number of the first run
 * @param since a later stop, by the bucket's clock, ends it; null in an older build's plan
 * @param left the first days of the periods for the runs after this one, in order
 * @param undated whether rows without a date are left too, for the last of these runs
 */
public record BackfillStep(
    PeriodLength period,
    long began,
    @Nullable Instant since,
    List<LocalDate> left,
    boolean undated) {
  public BackfillStep {
    left = List.copyOf(left);
  }

  /** The same backfill with that left. */
  public BackfillStep leaving(List<LocalDate> dated, boolean others) {
    return new BackfillStep(period, began, since, dated, others);
  }

  /** Whether the backfill ends with this run. */
  public boolean isLast() {
    return left.isEmpty() && !undated;
  }

  /** How many runs are to follow. */
  public long runsLeft() {
    return (long) left.size() + (undated ? 1 : 0);
  }
}
