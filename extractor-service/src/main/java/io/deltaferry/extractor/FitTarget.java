package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.LowWatermark.Reason;
import io.deltaferry.plan.PlannedTarget;
import io.deltaferry.plan.TableState;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.sql.SchemaDrift.Delta;
import io.deltaferry.table.Column;
import io.deltaferry.table.DriftSettings.OnNewColumn;
import io.deltaferry.table.DriftSettings.OnSchemaChange;
import io.deltaferry.table.FilledColumns;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a run has to do for a target whose columns are not the source's. */
final class FitTarget {
  private final TableConfig table;
  private final Delta delta;

  FitTarget(TableConfig table, TableSchema schema, List<TypeMapping> columns, List<String> key) {
    this.table = table;
    this.delta = new Delta(columns, key, nullable(schema, columns));
  }

  /**
   * A decision.
   *
   * @param mode the one asked for, or replace where a new table takes the target's place
   * @param everything why all rows have to be read; null when the mode decides that
   */
  record Fit(SyncMode mode, PlannedTarget shape, @Nullable Reason everything) {
    /** Why a run reads all rows that reads them anyway. */
    Reason reason() {
      return everything == null ? Reason.ALL_ROWS : everything;
    }
  }

  /** A value that does not fit may become NULL where the source has none. */
  private static Set<String> nullable(TableSchema schema, List<TypeMapping> columns) {
    Set<String> names = new HashSet<>();
    schema.columns().stream().filter(Column::nullable).map(Column::name).forEach(names::add);
    columns.stream()
        .filter(mapping -> mapping.policy() == LossPolicy.NULL)
        .map(TypeMapping::column)
        .forEach(names::add);
    return names;
  }

  /**
   * Decides; the plan has to hold all of it.
   *
   * @param mode that was asked for
   * @param target null when there is none
   * @throws DeltaferryException TARGET_INCOMPATIBLE when neither the target can be altered nor a
   *     new one may take its place
   */
  Fit into(SyncMode mode, @Nullable WarehouseTable target, @Nullable TableState state) {
    if (target == null) {
      return new Fit(mode, shape(false), null);
    }
    FilledColumns filled = state == null ? null : state.filled(target);
    SchemaDrift drift = SchemaDrift.of(delta, target, filled);
    boolean otherKeys = state != null && hasOtherKeys(target, state, filled);
    boolean misfit = !drift.problems().isEmpty() || otherKeys;
    if (mode == SyncMode.TEST) {
      return new Fit(
          mode, shape(misfit && mayBuildAnew(table.mode(), target, filled, drift)), null);
    }
    if (otherKeys && mode.needsKey() && !mayBuildAnew(mode, target, filled, drift)) {
      throw otherKeys(target);
    }
    if (mode == SyncMode.RECONCILE) {
      // It reads the key alone.
      return new Fit(mode, shape(false), null);
    }
    if (!drift.problems().isEmpty() || (otherKeys && mode.needsKey())) {
      if (!mayBuildAnew(mode, target, filled, drift)) {
        drift.requireReconcilable(target);
      }
      return new Fit(SyncMode.REPLACE, shape(true), Reason.SCHEMA_CHANGED);
    }
    boolean all =
        switch (mode) {
          case INCREMENTAL, CHANGE_LOG -> readsAll(mode, target, filled);
          case APPEND, REPLACE, WINDOW, RECONCILE, TEST, BACKFILL -> false;
        };
    return new Fit(mode, shape(false), all ? Reason.COLUMN_ADDED : null);
  }

  /**
   * Whether rows stand in the target under other hashes than the source's keys have now, as far as
   * the state tells: a key that is hashed since, or no more, or with another secret.
   */
  private boolean hasOtherKeys(
      WarehouseTable target, TableState state, @Nullable FilledColumns filled) {
    boolean now = delta.hashesKey();
    if (filled != null && filled.table() != null && filled.hashedKey() != now) {
      return true;
    }
    return now
        && target.created().equals(state.targetCreated())
        && !table.definitionHash().equals(state.definitionHash());
  }

  private DeltaferryException otherKeys(WarehouseTable target) {
    return new DeltaferryException(
        ErrorCode.TARGET_INCOMPATIBLE,
        target.ref()
            + " may have the rows of "
            + table.name()
            + " under other hashes of their keys, and each would be inserted once more. Ask for the"
            + " table with --mode replace, or drop the target, and the next run reads everything");
  }

  private PlannedTarget shape(boolean anew) {
    return new PlannedTarget(
        delta.nullable().stream().sorted().toList(), anew, table.runIdColumn());
  }

  /** Another's table, the rows of the past, or a column that a person filled, would be lost. */
  private boolean mayBuildAnew(
      SyncMode mode, WarehouseTable target, @Nullable FilledColumns filled, SchemaDrift drift) {
    boolean keepsNothing =
        switch (mode) {
          case INCREMENTAL -> filled != null && drift.foreign().isEmpty();
          case REPLACE -> true;
          // Rows that the source has lost would go with the old table.
          case CHANGE_LOG -> false;
          case APPEND, WINDOW, RECONCILE, TEST, BACKFILL -> false;
        };
    return keepsNothing
        && drift.remade().stream().allMatch(target.layout()::mayHave)
        && table.drift().onSchemaChange() == OnSchemaChange.RESYNC
        && SchemaDrift.DELTAFERRY.equals(target.labels().get(SchemaDrift.MANAGED_BY));
  }

  /** The target's largest cursor says nothing where it has no cursor, or has it since a moment. */
  private boolean readsAll(SyncMode mode, WarehouseTable target, @Nullable FilledColumns filled) {
    boolean backfill = table.drift().onNewColumn() == OnNewColumn.BACKFILL;
    return delta.columns().stream()
        .filter(
            mapping -> backfill || (mode.needsCursor() && mapping.column().equals(table.cursor())))
        .anyMatch(mapping -> isNew(mapping.name(), target, filled));
  }

  /** A run that failed may have added it without filling it. */
  private static boolean isNew(
      String column, WarehouseTable target, @Nullable FilledColumns filled) {
    return target.column(column).isEmpty() || (filled != null && !filled.fillsNow(column));
  }
}
