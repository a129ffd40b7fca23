package io.deltaferry.plan;

import io.deltaferry.sql.Deletion;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.table.ReconcileSettings.Deletes;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.TypeMapping;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a reconciliation rests on.
 *
 * @param how it deletes
 * @param shownFrom up to when the source has to show what was committed, so that it shows each row
 *     that was ever merged; null when none was
 */
public record PlannedDeletion(Deletion how, @Nullable Instant shownFrom) {
  /** The columns that a target needs for it and lacks. */
  public List<WarehouseColumn> missing(WarehouseTable target) {
    return how.deletes() == Deletes.HARD
        ? List.of()
        : MergeColumns.DELETION.stream()
            .filter(column -> target.column(column.name()).isEmpty())
            .toList();
  }

  /**
   * The key's columns, matched with a target's.
   *
   * @throws io.deltaferry.error.DeltaferryException TARGET_INCOMPATIBLE when a column that marks
   *     deleted rows is something else there
   */
  public MergeColumns match(List<TypeMapping> key, WarehouseTable target) {
    MergeColumns columns = MergeColumns.keys(key, target, how.marks());
    requireMarks(columns, target);
    return columns;
  }

  /**
   * A soft deletion has a place to be said in.
   *
   * @throws io.deltaferry.error.DeltaferryException as above
   */
  public void requireMarks(MergeColumns columns, WarehouseTable target) {
    if (how.deletes() == Deletes.SOFT && !columns.deletable()) {
      throw MergeColumns.notDeletable(target);
    }
  }

  /** The same where the delta says of each key if it is gone. */
  PlannedDeletion told() {
    return new PlannedDeletion(
        new Deletion(how.deletes(), how.maxDeletes(), how.copies(), true, how.marks()), shownFrom);
  }
}
