package io.deltaferry.plan;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.RunOptions;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayCounts;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.Window;
import io.deltaferry.table.BackfillSettings;
import io.deltaferry.table.Column;
import io.deltaferry.table.PeriodLength;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows a backfill is about, and how it tells them apart.
 *
 * @param column whose date says to which period a row belongs
 * @param newest the table's cursor, by which changes are noticed; null for a table without one
 * @param asked between which values of the column; both ends null for the whole history
 * @param marks whether rows of the target may say that they are deleted; the source may have a
 *     column of that name
 */
public record BackfillScope(
    Cursor column,
    @Nullable Cursor newest,
    PeriodLength period,
    PeriodOrder order,
    AskedWindow asked,
    boolean marks) {
  /** The first and the last day are what BigQuery shows of infinity, and have no period. */
  private static final LocalDate LAST = LocalDate.of(9999, 12, 31);

  /**
   * Of a table.
   *
   * @throws DeltaferryException COLUMN_MISSING, CURSOR_INVALID, MESSAGE_INVALID
   */
  public static BackfillScope of(TableConfig table, TableSchema schema, RunOptions options) {
    BackfillSettings settings = table.modes().backfill();
    Cursor column = column(table, schema);
    BackfillOptions said = options.backfill();
    AskedWindow asked =
        options.hasWindow()
            ? AskedWindow.of(column.kind(), options, table.bound().cursorTimeZone())
            : new AskedWindow(null, null);
    return new BackfillScope(
        column,
        table.cursor() == null ? null : Cursor.of(table.cursor(), schema),
        settings.period(),
        said == null || said.order() == null ? settings.order() : said.order(),
        asked,
        schema.columns().stream()
            .map(Column::name)
            .filter(brought -> !table.privacy().exclude().contains(brought))
            .map(table::nameOf)
            .noneMatch(MergeColumns.DELETED::equalsIgnoreCase));
  }

  private static Cursor column(TableConfig table, TableSchema schema) {
    String named = table.modes().backfill().column();
    String name = named == null ? table.cursor() : named;
    if (name == null) {
      throw new DeltaferryException(
          ErrorCode.CURSOR_INVALID,
          "tables.%s has nothing to tell its periods by: name a date or a time of its rows, as in backfill: {column: created_at}"
              .formatted(table.name()));
    }
    Column column =
        schema
            .column(name)
            .orElseThrow(
                () ->
                    new DeltaferryException(
                        ErrorCode.COLUMN_MISSING,
                        "tables.%s: the backfill's column \"%s\" does not exist in the source"
                            .formatted(table.name(), name)));
    CursorKind kind = CursorKind.of(column.type()).filter(CursorKind::holdsMoments).orElse(null);
    if (kind == null) {
      throw new DeltaferryException(
          ErrorCode.CURSOR_INVALID,
          "tables.%s: a backfill goes by a date or a time, and \"%s\" has type %s; name a timestamptz, timestamp or date column, as in backfill: {column: created_at}"
              .formatted(table.name(), name, column.type().display()));
    }
    return new Cursor(name, kind);
  }

  /** All its rows, as the source's query takes them. */
  public Window window() {
    return new Window(asked.from(), asked.to(), null);
  }

  /** Whether rows without a date belong to it. */
  public boolean hasUndated() {
    return asked.from() == null && asked.to() == null;
  }

  /** The part of a period that is asked for. */
  public Window window(LocalDate start) {
    LocalDate next = period.next(start);
    CursorPosition low = at(start);
    CursorPosition high = at(next.isAfter(LAST) ? LAST : next);
    if (asked.from() != null) {
      low = low.max(CursorPosition.parse(column.kind(), asked.from()));
    }
    if (asked.to() != null) {
      high = high.min(CursorPosition.parse(column.kind(), asked.to()));
    }
    return new Window(low.text(), high.text(), null);
  }

  private CursorPosition at(LocalDate day) {
    return CursorPosition.at(column.kind(), day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  /** What the target has; it gets columns that it lacks with the first run. */
  public List<DayRows> target(Warehouse warehouse, WarehouseTable target, TableConfig table) {
    Cursor days = new Cursor(table.nameOf(column.column()), column.kind());
    if (target.column(days.column()).isEmpty()) {
      return List.of();
    }
    Cursor known = newest == null ? null : new Cursor(table.nameOf(newest.column()), newest.kind());
    if (known != null && target.column(known.column()).isEmpty()) {
      known = null;
    }
    return warehouse.query(DayCounts.ofTarget(target, days, window(), known, marks)).stream()
        .map(row -> DayRows.of(row.get("df_day"), row.get("row_count"), row.get("newest")))
        .toList();
  }

  /** Compares the two sides. */
  public History history(List<DayRows> source, List<DayRows> target) {
    List<DayRows> ours =
        hasUndated() ? source : source.stream().filter(day -> day.day() != null).toList();
    return History.of(period, newest == null ? null : newest.kind(), ours, target);
  }
}
