package io.deltaferry.loader;

import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.StagedRun;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.type.TypeMapping;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The tables that hold deltas until they are merged: one for each manifest. */
final class TempTables {
  /** Longer than any message lives, so that a late merge still finds its rows. */
  private static final Duration LIFE = Duration.ofDays(8);

  /** The manifest whose rows it is for. */
  private static final String MANIFEST = "deltaferry_manifest";

  private final Warehouse warehouse;
  private final Clock clock;

  TempTables(Warehouse warehouse, Clock clock) {
    this.warehouse = warehouse;
    this.clock = clock;
  }

  /**
   * The run's table, to be loaded into. Where the bucket has forgotten a run, another one gets its
   * number, and would find its rows.
   */
  NewTable ready(StagedRun staged) {
    NewTable temp = tempTable(staged);
    if (!warehouse.create(temp) && isOfAnother(temp)) {
      warehouse.drop(temp.ref());
      warehouse.create(temp);
    }
    return temp;
  }

  private boolean isOfAnother(NewTable temp) {
    return warehouse
        .describe(temp.ref())
        .map(found -> found.labels().get(MANIFEST))
        .filter(manifest -> !Objects.equals(manifest, temp.labels().get(MANIFEST)))
        .isPresent();
  }

  private NewTable tempTable(StagedRun staged) {
    RunPlan plan = staged.plan();
    return new NewTable(
        plan.temp(),
        columns(staged),
        Map.of("managed_by", "deltaferry", MANIFEST, staged.manifestHash()),
        clock.instant().plus(LIFE),
        "Deltaferry: delta of run " + plan.run());
  }

  /** Everything but a key is nullable here, so that only the key's NULLs are refused. */
  private static List<WarehouseColumn> columns(StagedRun staged) {
    RunPlan plan = staged.plan();
    List<WarehouseColumn> columns = new ArrayList<>();
    for (TypeMapping mapping : plan.columns()) {
      boolean key = plan.key().contains(mapping.column());
      columns.add(new WarehouseColumn(mapping.name(), mapping.stagedType().sql(), key));
    }
    if (plan.query().header().contains(DeltaQuery.ROW_COLUMN)) {
      columns.add(new WarehouseColumn(DeltaQuery.ROW_COLUMN, "INT64", false));
    }
    if (staged.manifest().isSliced()) {
      columns.add(new WarehouseColumn(DeltaQuery.SNAPSHOT_COLUMN, "INT64", true));
    }
    if (plan.query().isTold()) {
      columns.add(new WarehouseColumn(DeltaQuery.DELETED_COLUMN, "BOOL", true));
      columns.add(new WarehouseColumn(DeltaQuery.DELETED_AT_COLUMN, "TIMESTAMP", false));
    }
    return columns;
  }
}
