package io.deltaferry.extractor;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.plan.BackfillScope;
import io.deltaferry.plan.BackfillStep;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.RunBound;
import io.deltaferry.plan.Watermark;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayCounts;
import io.deltaferry.sql.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a run reads.
 *
 * @param cursor null where the mode needs none and the table has none
 * @param until where the window ends, exclusive; null for no end
 * @param only a further condition on the rows, or null
 * @param backfill what of the table's history this is; null unless it is a backfill
 * @param clock up to when the database showed what was committed
 */
record RowsToRead(
    @Nullable Cursor cursor,
    LowWatermark low,
    @Nullable String until,
    @Nullable String only,
    @Nullable BackfillStep backfill,
    Instant clock,
    RunBound bound) {
  /** All rows of a table in which nothing orders the changes. */
  static RowsToRead withoutCursor(Instant clock) {
    return new RowsToRead(
        null, low(LowWatermark.Reason.ALL_ROWS), null, null, null, clock, unbounded());
  }

  /** Those from a low watermark on. */
  static RowsToRead from(Cursor cursor, LowWatermark low, @Nullable String until, Watermark mark) {
    return new RowsToRead(cursor, low, until, null, null, mark.clock(), mark.bound());
  }

  /** Those of one period. */
  static RowsToRead period(BackfillScope scope, Window window, BackfillStep step, Instant clock) {
    LowWatermark low = new LowWatermark(window.low(), LowWatermark.Reason.PERIOD);
    return new RowsToRead(scope.column(), low, window.high(), null, step, clock, unbounded());
  }

  /** Those that lie in no period. */
  static RowsToRead undated(BackfillScope scope, BackfillStep step, Instant clock) {
    return filtered(scope, DayCounts.undated(scope.column()), step, clock);
  }

  /** None. */
  static RowsToRead nothing(BackfillScope scope, BackfillStep step, Instant clock) {
    return filtered(scope, "FALSE", step, clock);
  }

  private static RowsToRead filtered(
      BackfillScope scope, String only, BackfillStep step, Instant clock) {
    LowWatermark low = low(LowWatermark.Reason.PERIOD);
    return new RowsToRead(scope.column(), low, null, only, step, clock, unbounded());
  }

  private static LowWatermark low(LowWatermark.Reason reason) {
    return new LowWatermark(null, reason);
  }

  /** Nothing follows that would need to know. */
  private static RunBound unbounded() {
    return new RunBound(null, null, BoundReason.NO_CURSOR, null, BoundHistory.NONE);
  }

  Window window() {
    return low.window(until);
  }

  /**
   * All conditions on the rows.
   *
   * @param filter the table file's, or null
   */
  @Nullable String filter(@Nullable String filter) {
    if (only == null) {
      return filter;
    }
    // On lines of its own, so that a comment at its end hides nothing.
    return filter == null ? only : only + " AND (\n" + filter + "\n)";
  }
}
