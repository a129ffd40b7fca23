package io.deltaferry.merger;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.NewTarget;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.TableState;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.AlterTarget;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.table.FilledColumns;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes sure that the target is the one the plan saw: created when there was none, and no other
 * than that otherwise.
 */
final class TargetTables {
  /** The run that created the target, so that its second attempt knows its own table. */
  private static final String CREATED_BY_RUN = "deltaferry_run";

  private static final Logger log = LoggerFactory.getLogger(TargetTables.class);

  private final Warehouse warehouse;

  TargetTables(Warehouse warehouse) {
    this.warehouse = warehouse;
  }

  /**
   * A target that takes the delta.
   *
   * @param filled what of it is filled once the delta is merged
   */
  record Ready(WarehouseTable table, MergeColumns columns, FilledColumns filled) {}

  /**
   * The target, altered where its columns are not the delta's, ready to be merged into.
   *
   * @param job the name of what alters it
   * @param state what earlier runs left; null before the first
   * @throws DeltaferryException TARGET_CHANGED when another table took its name since the plan;
   *     TARGET_INCOMPATIBLE when a column was changed since then so that it takes no delta
   */
  Ready ready(RunPlan plan, String job, @Nullable TableState state) {
    WarehouseTable target = planned(plan);
    FilledColumns known = state == null ? null : state.filled(target);
    PlannedDeletion deletion = plan.shape().deletion();
    if (deletion != null && plan.mode() == SyncMode.RECONCILE) {
      return comparable(plan, deletion, job, target);
    }
    SchemaDrift drift = SchemaDrift.of(plan.delta(), target, known);
    drift.requireReconcilable(target);
    List<WarehouseColumn> missing = plan.shape().unmarked(target);
    if (drift.altersTarget() || !missing.isEmpty()) {
      log.info("the columns of {} are altered: {}", target.ref(), drift.describe());
      warehouse.runScript(job, AlterTarget.of(target.ref(), drift.adding(missing)));
      target = planned(plan);
    }
    MergeColumns columns = plan.match(target).clearing(drift.cleared());
    if (deletion != null) {
      deletion.requireMarks(columns, target);
    }
    FilledColumns before = known == null ? FilledColumns.NONE : known;
    FilledColumns filled =
        plan.mode().movesWatermark()
            ? before.after(columns.filled(), target)
            : before.afterSome(columns.filled(), target);
    return new Ready(target, columns, filled);
  }

  /** The same where keys alone are compared; a soft deletion needs a place to be said in. */
  private Ready comparable(
      RunPlan plan, PlannedDeletion deletion, String job, WarehouseTable known) {
    WarehouseTable target = known;
    List<WarehouseColumn> missing = deletion.missing(known);
    if (!missing.isEmpty()) {
      warehouse.runScript(job, AlterTarget.adding(target.ref(), missing));
      target = planned(plan);
    }
    return new Ready(target, deletion.match(plan.columns(), target), FilledColumns.NONE);
  }

  /** The target that the plan saw, or what takes the place of none. */
  WarehouseTable planned(RunPlan plan) {
    if (plan.targetCreated() == null) {
      warehouse.create(newTarget(plan));
    }
    WarehouseTable target =
        warehouse.describe(plan.target()).orElseThrow(() -> changed(plan, "was dropped"));
    Instant expected = plan.targetCreated();
    boolean same =
        expected == null
            ? isOurs(plan, target.labels().get(CREATED_BY_RUN))
            : expected.equals(target.created());
    if (!same) {
      throw changed(plan, "was created by someone else");
    }
    return target;
  }

  /** The run that was taken over may have made it later than this one was planned. */
  private static boolean isOurs(RunPlan plan, @Nullable String madeBy) {
    return label(plan).equals(madeBy)
        || (plan.takesOver() != null && plan.takesOver().toString().equals(madeBy));
  }

  static NewTable newTarget(RunPlan plan) {
    return NewTarget.of(
        plan.target(),
        plan.brought(),
        plan.key(),
        plan.shape(),
        Map.of(CREATED_BY_RUN, label(plan)));
  }

  private static String label(RunPlan plan) {
    return Long.toString(plan.seq());
  }

  static DeltaferryException changed(RunPlan plan, String what) {
    return new DeltaferryException(
        ErrorCode.TARGET_CHANGED,
        plan.target()
            + " "
            + what
            + " after "
            + plan.run()
            + " was planned; nothing was written. Ask for the table again: the next run looks anew");
  }
}
