package io.deltaferry.extractor;

import io.deltaferry.plan.AskedWindow;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.LowWatermark.Reason;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.plan.PlannedTarget;
import io.deltaferry.plan.TableState;
import io.deltaferry.plan.Watermark;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.Window;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.TypeMapping;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides which rows a run reads, by its mode. */
final class DecideRows {
  private final TableConfig table;
  private final Source.Planning source;
  private final Progress progress;
  private final DecidePeriod periods;

  DecideRows(TableConfig table, Source.Planning source, Progress progress, DecidePeriod periods) {
    this.table = table;
    this.source = source;
    this.progress = progress;
    this.periods = periods;
  }

  /**
   * The rows.
   *
   * @param target null when it does not exist
   * @param state of the target, when a run has merged
   * @param fit what its columns ask for
   * @param shape what the plan has of that
   * @throws io.deltaferry.error.DeltaferryException PERMANENT when the table has no such rows
   */
  RowsToRead rows(
      PlanRun.Request request,
      TableSchema schema,
      List<String> key,
      List<TypeMapping> columns,
      Optional<WarehouseTable> target,
      Optional<TableState> state,
      FitTarget.Fit fit,
      PlannedTarget shape) {
    DecideBound bounds = new DecideBound(table, source, fit.mode());
    PlannedDeletion deletion = shape.deletion();
    boolean byLog = table.mode() == SyncMode.CHANGE_LOG && fit.mode().movesWatermark();
    if (byLog || fit.mode() == SyncMode.CHANGE_LOG) {
      return new DecideChanges(table, source, progress, bounds)
          .rows(schema, key, target, state, fit);
    }
    if (deletion != null) {
      return RowsToRead.withoutCursor(bounds.clock(deletion));
    }
    return switch (fit.mode()) {
      case BACKFILL -> periods.rows(request, source, schema, columns, target, bounds.clock());
      case APPEND, REPLACE, RECONCILE, TEST -> {
        boolean needed = fit.mode() == SyncMode.TEST && table.mode().needsCursor();
        yield table.cursor() == null && !needed
            ? RowsToRead.withoutCursor(bounds.clock())
            : known(schema, state, bounds).from(new LowWatermark(null, fit.reason()));
      }
      case INCREMENTAL -> {
        Known known = known(schema, state, bounds);
        yield known.from(
            fit.everything() == null
                ? low(known, columns, target, state)
                : new LowWatermark(null, fit.everything()));
      }
      case WINDOW -> window(request, known(schema, state, bounds));
      case CHANGE_LOG -> throw new IllegalStateException("decided before");
    };
  }

  /**
   * Whether rows of a period would hide that others are gone: the largest cursor of a target that
   * somebody emptied or restored says nothing any more once such rows are in it.
   */
  boolean hidesLoss(
      SyncMode mode,
      TableSchema schema,
      Optional<WarehouseTable> target,
      Optional<TableState> state) {
    boolean brings =
        switch (mode) {
          case WINDOW, BACKFILL -> true;
          case INCREMENTAL, APPEND, REPLACE, RECONCILE, TEST, CHANGE_LOG -> false;
        };
    if (!brings || target.isEmpty() || state.map(TableState::nextLow).isEmpty()) {
      return false;
    }
    boolean byLog = table.mode() == SyncMode.CHANGE_LOG || table.cursor() == null;
    return byLog
        ? progress.isEmpty(target.get())
        : progress.lacksRows(target.get(), state.get(), table, source.cursor(schema));
  }

  /** Rows that came with a table of their own are not looked for by their stamps. */
  private LowWatermark low(
      Known known,
      List<TypeMapping> columns,
      Optional<WarehouseTable> target,
      Optional<TableState> state) {
    Cursor cursor = known.cursor();
    LowWatermark low = progress.low(target, state, table, cursor, known.watermark());
    Set<Long> before = state.map(TableState::sourceTables).orElse(null);
    if (low.low() == null || before == null) {
      return low;
    }
    Window below = new Window(null, low.low(), null);
    DeltaQuery older = new DeltaQuery(source.source(), columns, cursor, below, table.filter());
    return source.isAttached(older, before) ? new LowWatermark(null, Reason.TABLE_ATTACHED) : low;
  }

  /** The cursor, and how far the watermark may go. */
  private record Known(Cursor cursor, Watermark watermark) {
    RowsToRead from(LowWatermark low) {
      return RowsToRead.from(cursor, low, null, watermark);
    }
  }

  private Known known(TableSchema schema, Optional<TableState> state, DecideBound bounds) {
    Cursor cursor = source.cursor(schema);
    BoundHistory history =
        state.map(known -> known.boundsFor(table.definitionHash())).orElse(BoundHistory.NONE);
    return new Known(cursor, bounds.watermark(cursor, history));
  }

  private RowsToRead window(PlanRun.Request request, Known known) {
    AskedWindow window =
        AskedWindow.of(
            known.cursor().kind(), request.asked().options(), table.bound().cursorTimeZone());
    LowWatermark low = new LowWatermark(window.from(), Reason.ASKED);
    return RowsToRead.from(known.cursor(), low, window.to(), known.watermark());
  }
}
