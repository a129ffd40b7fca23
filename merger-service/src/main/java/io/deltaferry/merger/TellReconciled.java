package io.deltaferry.merger;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.MergeScript;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.WarehouseTable;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says what a reconciliation has found, or would have done; no run fails for that. */
final class TellReconciled {
  private static final Logger log = LoggerFactory.getLogger(TellReconciled.class);

  private final Warehouse warehouse;

  TellReconciled(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /** After its commit. */
  void merged(RunPlan plan) {
    if (plan.mode() != SyncMode.RECONCILE) {
      return;
    }
    try {
      List<Map<String, @Nullable String>> counts =
          warehouse.query(LedgerTables.reconciled(plan.runsTable(), plan.table(), plan.seq()));
      counts.forEach(row -> tell(plan, row));
    } catch (DeltaferryException e) {
      log.warn("nobody can say what run {} has found: {}", plan.run(), e.getMessage());
    }
  }

  private static void tell(RunPlan plan, Map<String, @Nullable String> row) {
    log.info(
        "{} rows of {} are deleted since the source has lost them, {} are alive again",
        row.get("rows_deleted"),
        plan.target(),
        row.get("rows_revived"));
    if (!"0".equals(row.get("keys_missing"))) {
      log.warn(
          "{} keys of the source are missing in {}: what the next increment does not bring, a run of"
              + " mode replace or backfill does",
          row.get("keys_missing"),
          plan.target());
    }
  }

  /** How many rows were too many, as the end of a sentence; empty where nobody knows. */
  String refused(RunPlan plan) {
    PlannedDeletion deletion = plan.shape().deletion();
    if (deletion == null) {
      return "";
    }
    try {
      Map<String, @Nullable String> row = warehouse.query(comparison(plan, deletion)).get(0);
      return ": %s of %s rows, and max_deletes is %s. If they are gone indeed, ask again with a larger max_deletes; else look which database and filter the table file names"
          .formatted(
              row.get("rows_deleted"), row.get("rows_compared"), deletion.how().maxDeletes());
    } catch (DeltaferryException e) {
      log.warn(
          "nobody can say how many rows run {} would have deleted: {}", plan.run(), e.getMessage());
      return "";
    }
  }

  private Statement comparison(RunPlan plan, PlannedDeletion deletion) {
    WarehouseTable target = warehouse.describe(plan.target()).orElseThrow();
    return MergeScript.comparison(
        target, plan.temp(), deletion.match(plan.columns(), target), deletion.how());
  }
}
