package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.PlannedView;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.TargetView;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.ViewKind;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.TypeMapping;
import java.util.List;
import java.util.Optional;

/** The view that a table is to have beside its target, refused before anything is read. */
final class PlanView {
  private final TableConfig table;
  private final Progress progress;

  PlanView(TableConfig table, Progress progress) {
    this.table = table;
    this.progress = progress;
  }

  /**
   * The view; empty where the table file asks for none.
   *
   * @param columns that come to the target
   * @param existing the target as it is
   * @throws DeltaferryException VIEW_NAME_TAKEN, NAME_INVALID or TARGET_INCOMPATIBLE when there can
   *     be no such view
   */
  Optional<PlannedView> of(
      TableRef target, List<TypeMapping> columns, Optional<WarehouseTable> existing) {
    return table.viewKind().map(kind -> planned(kind, target, columns, existing));
  }

  private PlannedView planned(
      ViewKind kind,
      TableRef target,
      List<TypeMapping> columns,
      Optional<WarehouseTable> existing) {
    switch (kind) {
      case CURRENT -> PlanReconcile.requireOurs(table, columns);
      case LATEST -> existing.ifPresent(this::requireStamped);
    }
    TableRef ref = kind.beside(target);
    Optional<WarehouseTable> view = progress.target(ref);
    view.filter(known -> !TargetView.isOurs(known)).ifPresent(this::refuse);
    boolean due =
        existing
            .filter(known -> view.filter(now -> TargetView.stands(now, kind, known)).isEmpty())
            .isPresent();
    return new PlannedView(ref, kind, due);
  }

  private void requireStamped(WarehouseTable target) {
    if (target.column(MergeColumns.UPLOADED_AT).isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.TARGET_INCOMPATIBLE,
          "%s has no column %s, by which a view could tell its newest copy; nothing was written. Add it (TIMESTAMP), or set view: false for tables.%s"
              .formatted(target.ref(), MergeColumns.UPLOADED_AT, table.name()));
    }
  }

  private void refuse(WarehouseTable other) {
    throw new DeltaferryException(
        ErrorCode.VIEW_NAME_TAKEN,
        "%s is %s, and tables.%s asks for a view of that name; nothing was written. Rename or drop it, or set view: false"
            .formatted(
                other.ref(),
                other.query() == null ? "a table" : "a view that Deltaferry did not make",
                table.name()));
  }
}
