package io.deltaferry.extractor;

import io.deltaferry.plan.BackfillScope;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.TableState;
import io.deltaferry.plan.Watermark;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.AnyRow;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.MaxCursor;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How far a target has come: what its state remembers and what it shows. */
final class Progress {
  private final Warehouse warehouse;

  Progress(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  Optional<WarehouseTable> target(TableRef target) {
    return warehouse.describe(target);
  }

  /**
   * From where a run reads.
   *
   * @param target one that exists has the cursor
   * @param state of a target that exists
   */
  LowWatermark low(
      Optional<WarehouseTable> target,
      Optional<TableState> state,
      TableConfig table,
      Cursor cursor,
      Watermark watermark) {
    String max =
        target.isEmpty() ? null : max(target.get(), table.nameOf(cursor.column()), cursor.kind());
    return LowWatermark.decide(
        target.map(WarehouseTable::created).orElse(null),
        target.isEmpty() ? null : state.orElse(null),
        table.definitionHash(),
        max,
        watermark);
  }

  /** Whether rows are gone from a target that its state counts as read. */
  boolean lacksRows(WarehouseTable target, TableState state, TableConfig table, Cursor cursor) {
    String name = table.nameOf(cursor.column());
    return target.column(name).isEmpty()
        || LowWatermark.lacksRows(state, cursor.kind(), max(target, name, cursor.kind()));
  }

  /** Whether a target has no rows. */
  boolean isEmpty(WarehouseTable target) {
    return warehouse.query(AnyRow.of(target)).isEmpty();
  }

  /** When the table's merged runs had read their last row, by their instances' clocks. */
  Optional<Instant> lastRead(TableRef runs, String table) {
    return Optional.ofNullable(
            warehouse.query(LedgerTables.lastRead(runs, table)).get(0).get("read_micros"))
        .map(micros -> Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS));
  }

  /** The newest run that has merged, or 0 before the first. */
  long mergedSeq(TableRef stateTable) {
    return state(stateTable).map(TableState::seq).orElse(0L);
  }

  /** Empty when no run has merged yet. */
  Optional<TableState> state(TableRef stateTable) {
    return warehouse
        .describe(stateTable)
        .flatMap(table -> warehouse.query(LedgerTables.readState(table)).stream().findFirst())
        .flatMap(row -> TableState.of(stateTable, row));
  }

  /** The rows of a target that a backfill is about. */
  List<DayRows> days(BackfillScope scope, WarehouseTable target, TableConfig table) {
    return scope.target(warehouse, target, table);
  }

  /**
   * The windows of a table's history that have been merged.
   *
   * @param since by this run or later ones
   */
  Set<Window> backfilled(TableRef runs, TableConfig table, long since) {
    if (warehouse.describe(runs).filter(LedgerTables::hasWindows).isEmpty()) {
      return Set.of();
    }
    return warehouse
        .query(LedgerTables.backfilled(runs, table.name(), since, table.definitionHash()))
        .stream()
        .map(row -> new Window(row.get("low"), row.get("until"), null))
        .collect(Collectors.toSet());
  }

  private @Nullable String max(WarehouseTable target, String name, CursorKind kind) {
    // Without the cursor everything is read, and nobody asks for it.
    WarehouseColumn column = target.column(name).orElseThrow();
    return warehouse
        .query(MaxCursor.of(target.ref(), target.layout(), column.name(), kind))
        .get(0)
        .get("max_cursor");
  }
}
