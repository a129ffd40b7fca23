package io.deltaferry.extractor;

import io.deltaferry.plan.AskedWindow;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.TableState;
import io.deltaferry.plan.Watermark;
import io.deltaferry.sql.Cursor;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import java.util.Optional;

/** Decides which rows a run reads, by its mode. */
final class DecideRows {
  private final TableConfig table;
  private final Source.Planning source;
  private final Progress progress;

  DecideRows(TableConfig table, Source.Planning source, Progress progress) {
    this.table = table;
    this.source = source;
    this.progress = progress;
  }

  /**
   * The rows.
   *
   * @param target null when it does not exist
   * @param state of the target, when a run has merged
   * @param fit what its columns ask for
   * @throws io.deltaferry.error.DeltaferryException PERMANENT when the table has no such rows
   */
  RowsToRead rows(
      PlanRun.Request request,
      TableSchema schema,
      Optional<WarehouseTable> target,
      Optional<TableState> state,
      FitTarget.Fit fit) {
    SyncMode mode = fit.mode();
    DecideBound bounds = new DecideBound(table, source, mode);
    boolean needed = (mode == SyncMode.TEST ? table.mode() : mode).needsCursor();
    if (table.cursor() == null && !needed) {
      return RowsToRead.withoutCursor(bounds.clock());
    }
    Cursor cursor = source.cursor(schema);
    BoundHistory history =
        state.map(known -> known.boundsFor(table.definitionHash())).orElse(BoundHistory.NONE);
    Watermark watermark = bounds.watermark(cursor, history);
    return switch (mode) {
      case INCREMENTAL ->
          RowsToRead.from(
              cursor,
              fit.everything() == null
                  ? progress.low(target, state, table, cursor, watermark)
                  : new LowWatermark(null, fit.everything()),
              null,
              watermark);
      case APPEND, REPLACE, TEST ->
          RowsToRead.from(
              cursor,
              new LowWatermark(
                  null, fit.everything() == null ? LowWatermark.Reason.ALL_ROWS : fit.everything()),
              null,
              watermark);
      case WINDOW -> {
        AskedWindow window =
            AskedWindow.of(
                cursor.kind(), request.asked().options(), table.bound().cursorTimeZone());
        yield RowsToRead.from(
            cursor,
            new LowWatermark(window.from(), LowWatermark.Reason.ASKED),
            window.to(),
            watermark);
      }
    };
  }
}
