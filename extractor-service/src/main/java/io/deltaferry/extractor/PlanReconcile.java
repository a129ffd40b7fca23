package io.deltaferry.extractor;

import io.deltaferry.bound.Activity;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.sql.Deletion;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.ReconcileSettings.Deletes;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.type.TypeMapping;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation may delete, and when it must not begin.
 *
 * <p>A row that a run has merged was there when that run read it. A source that shows all that was
 * committed since then shows the row, or has lost it; a replica that does not show it yet would
 * have it deleted.
 */
final class PlanReconcile {
  private final TableConfig table;

  PlanReconcile(TableConfig table) {
    this.table = table;
  }

  /**
   * The deletion.
   *
   * @param columns that come to the target in other modes
   * @param asked what the request allows, or null
   * @param read when the merged runs had read their last row, by their instances' clocks
   * @throws DeltaferryException NAME_INVALID when the source means something else by our columns
   */
  PlannedDeletion deletion(
      List<TypeMapping> columns, @Nullable MaxDeletes asked, Optional<Instant> read) {
    Deletes deletes = table.reconcile().deletes();
    if (deletes == Deletes.SOFT) {
      requireOurs(table, columns);
    }
    MaxDeletes most = asked == null ? table.reconcile().maxDeletes() : asked;
    return new PlannedDeletion(
        new Deletion(deletes, most, table.mode() == SyncMode.APPEND, ofSource(columns).isEmpty()),
        read.map(last -> last.plus(table.bound().clockMargin())).orElse(null));
  }

  /**
   * The columns that say that a row is deleted are not the source's.
   *
   * @throws DeltaferryException NAME_INVALID
   */
  static void requireOurs(TableConfig table, List<TypeMapping> columns) {
    List<String> own = ofSource(columns);
    if (!own.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.NAME_INVALID,
          "tables.%s: the source has a column of its own where reconcile says that a row is deleted: %s. Give it another name in a query, exclude it, or set reconcile: {deletes: hard}"
              .formatted(table.name(), String.join(", ", own)));
    }
  }

  /** Those of our columns that the source fills. */
  private static List<String> ofSource(List<TypeMapping> columns) {
    return MergeColumns.DELETION.stream()
        .map(WarehouseColumn::name)
        .filter(name -> columns.stream().anyMatch(of -> of.name().equalsIgnoreCase(name)))
        .toList();
  }

  /**
   * The source shows all that was merged.
   *
   * @param shownFrom as in the plan
   * @throws DeltaferryException SOURCE_BEHIND for a replica that does not, or may not
   */
  static void requireShown(String table, Activity activity, @Nullable Instant shownFrom) {
    if (activity.replica() == null || shownFrom == null) {
      return;
    }
    boolean shown =
        activity
            .lag()
            .map(activity.clock()::minus)
            .filter(at -> !at.isBefore(shownFrom))
            .isPresent();
    if (!shown) {
      throw new DeltaferryException(
          ErrorCode.SOURCE_BEHIND,
          "tables.%s: the replica may not show yet what was committed until %s, and has been merged; a reconciliation would delete that. It is tried again"
              .formatted(table, shownFrom));
    }
  }
}
