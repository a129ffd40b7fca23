package io.deltaferry.extractor;

import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.TableState;
import io.deltaferry.plan.Watermark;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.MaxCursor;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  /** The newest run that has merged, or 0 before the first. */
  long mergedSeq(TableRef stateTable) {
    return state(stateTable).map(TableState::seq).orElse(0L);
  }

  /** Empty when no run has merged yet. */
  Optional<TableState> state(TableRef stateTable) {
    if (warehouse.describe(stateTable).isEmpty()) {
      return Optional.empty();
    }
    List<Map<String, @Nullable String>> rows = warehouse.query(LedgerTables.readState(stateTable));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    return TableState.of(stateTable, rows.get(0));
  }

  private @Nullable String max(WarehouseTable target, String name, CursorKind kind) {
    // Without the cursor everything is read, and nobody asks for it.
    WarehouseColumn column = target.column(name).orElseThrow();
    return warehouse
        .query(MaxCursor.of(target.ref(), column.name(), kind))
        .get(0)
        .get("max_cursor");
  }
}
