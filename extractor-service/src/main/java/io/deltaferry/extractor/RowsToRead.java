package io.deltaferry.extractor;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.RunBound;
import io.deltaferry.plan.Watermark;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.Window;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a run reads.
 *
 * @param cursor null where the mode needs none and the table has none
 * @param until where the window ends, exclusive; null for no end
 * @param clock up to when the database showed what was committed
 */
record RowsToRead(
    @Nullable Cursor cursor,
    LowWatermark low,
    @Nullable String until,
    Instant clock,
    RunBound bound) {
  /** All rows of a table in which nothing orders the changes. */
  static RowsToRead withoutCursor(Instant clock) {
    return new RowsToRead(
        null,
        new LowWatermark(null, LowWatermark.Reason.ALL_ROWS),
        null,
        clock,
        new RunBound(null, null, BoundReason.NO_CURSOR, null, BoundHistory.NONE));
  }

  /** Those from a low watermark on. */
  static RowsToRead from(Cursor cursor, LowWatermark low, @Nullable String until, Watermark mark) {
    return new RowsToRead(cursor, low, until, mark.clock(), mark.bound());
  }

  Window window() {
    return low.window(until);
  }
}
