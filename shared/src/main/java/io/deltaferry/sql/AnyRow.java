package io.deltaferry.sql;

import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;

/** Whether a target has rows. */
public final class AnyRow {
  private AnyRow() {}

  /** One row when it has any, and none when it has none. */
  public static Statement of(WarehouseTable target) {
    TableRef ref = target.ref();
    return Statement.of(
        "SELECT 1 AS any_row FROM "
            + BqIdentifier.of(ref.project(), ref.dataset(), ref.table()).sql()
            + EveryPartition.where(target.layout())
            + " LIMIT 1");
  }
}
