package io.deltaferry.extractor;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.plan.BackfillScope;
import io.deltaferry.plan.BackfillStep;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.RunBound;
import io.deltaferry.plan.Watermark;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayCounts;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.Window;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.TypeMapping;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a run reads.
 *
 * @param cursor null where the mode needs none and the table has none
 * @param until where the window ends, exclusive; null for no end
 * @param only a further condition on the rows, or null
 * @param backfill what of the table's history this is; null unless it is a backfill
 * @param clock up to when the database showed what was committed
 * @param log what tells of changes, in the place of a cursor; or null
 */
record RowsToRead(
    @Nullable Cursor cursor,
    LowWatermark low,
    @Nullable String until,
    @Nullable String only,
    @Nullable BackfillStep backfill,
    Instant clock,
    RunBound bound,
    @Nullable LogReading log) {
  /** Rows that no log tells of. */
  private RowsToRead(
      @Nullable Cursor cursor,
      LowWatermark low,
      @Nullable String until,
      @Nullable String only,
      @Nullable BackfillStep backfill,
      Instant clock,
      RunBound bound) {
    this(cursor, low, until, only, backfill, clock, bound, null);
  }

  /** All rows of a table in which nothing orders the changes. */
  static RowsToRead withoutCursor(Instant clock) {
    return new RowsToRead(
        null, low(LowWatermark.Reason.ALL_ROWS), null, null, null, clock, unbounded());
  }

  /** Those from a low watermark on. */
  static RowsToRead from(Cursor cursor, LowWatermark low, @Nullable String until, Watermark mark) {
    return new RowsToRead(cursor, low, until, null, null, mark.clock(), mark.bound());
  }

  /** Those of which a log tells from a low watermark on, or all rows. */
  static RowsToRead told(LogReading log, LowWatermark low, Watermark mark) {
    return new RowsToRead(null, low, null, null, null, mark.clock(), mark.bound(), log);
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

  /** Whether a log says which rows they are. */
  boolean isTold() {
    return log != null && low.low() != null;
  }

  /** Of the cursor, or of the numbers of the log's entries; null without either. */
  @Nullable CursorKind kind() {
    if (log != null) {
      return log.id();
    }
    return cursor == null ? null : cursor.kind();
  }

  /** As the SQL generators take them. */
  DeltaQuery query(DeltaSource source, List<TypeMapping> columns, @Nullable String filter) {
    return log == null
        ? new DeltaQuery(source, columns, cursor, window(), filter)
        : DeltaQuery.told(source, columns, filter, new ChangesQuery(log, low.low(), low.seen()));
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
