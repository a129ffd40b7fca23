package io.deltaferry.merger;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.TableState;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.StagedRun;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.MergeScript;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.FilledColumns;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a new table in the place of a target whose columns cannot become the source's (architecture
 * rule 5). The new one is filled first, beside the target. Then the state is taken: from then on no
 * older run merges, and it says that nobody knows what the target holds. One copy job replaces the
 * target, so that whoever reads sees the old table or the new one; progress and ledger come last.
 * Each step may be done again, by whoever goes on.
 */
final class ReplaceTarget {
  private static final Logger log = LoggerFactory.getLogger(ReplaceTarget.class);

  private static final Duration SHADOW_LIFE = Duration.ofDays(3);

  private final Warehouse warehouse;
  private final TargetTables targets;
  private final String version;

  ReplaceTarget(Warehouse warehouse, TargetTables targets, String version) {
    this.warehouse = warehouse;
    this.targets = targets;
    this.version = version;
  }

  /**
   * Whether a state leaves the run something to do.
   *
   * @param state null before the first merged run
   */
  static boolean isUnderWay(RunPlan plan, @Nullable TableState state) {
    return plan.shape().anew() && state != null && state.seq() == plan.seq() && state.isReplacing();
  }

  /**
   * Goes through the steps that are left.
   *
   * @throws DeltaferryException TARGET_CHANGED when the target is not the one that was planned for
   */
  void run(StagedRun staged, @Nullable TableState state) {
    RunPlan plan = staged.plan();
    TableRef shadow = plan.shadow();
    if (!isUnderWay(plan, state)) {
      WarehouseTable target = targets.planned(plan);
      SchemaDrift drift = SchemaDrift.of(plan.delta(), target, known(plan, state));
      warehouse.createLike(
          plan.target(),
          shadow,
          drift.rebuilt(plan.delta(), target),
          plan.plannedAt().plus(SHADOW_LIFE));
    }
    TargetTables.Ready filled = ready(plan, state);
    MergeScript.Shape shape =
        plan.merge(filled.table(), filled.columns(), staged.manifest().isSliced());
    Map<String, Statement.Value> row = LedgerRow.of(staged, filled, version);
    if (!isUnderWay(plan, state)) {
      warehouse.runScript(staged.jobName("fill"), MergeScript.fill(shape, row));
      warehouse.runScript(
          staged.jobName("replacing"), MergeScript.replacing(plan.stateTable(), row));
      if (!isUnderWay(plan, state(plan))) {
        throw superseded(plan);
      }
    }
    log.info("{} takes the place of {}", shadow, plan.target());
    warehouse.copyOver(staged.jobName("copy"), shadow, plan.target());
    finish(staged, shape, filled);
    warehouse.drop(shadow);
  }

  /** A newer run may have merged into the target before it was replaced. */
  private void finish(StagedRun staged, MergeScript.Shape shape, TargetTables.Ready filled) {
    RunPlan plan = staged.plan();
    WarehouseTable now =
        warehouse
            .describe(plan.target())
            .orElseThrow(() -> TargetTables.changed(plan, "was dropped"));
    Map<String, Statement.Value> row =
        LedgerRow.of(
            staged, new TargetTables.Ready(now, filled.columns(), filled.filled()), version);
    TableState state = state(plan);
    if (state != null && state.seq() > plan.seq()) {
      warehouse.runScript(staged.jobName("distrust"), MergeScript.distrust(plan.stateTable(), row));
      throw superseded(plan);
    }
    warehouse.runScript(staged.jobName("merge"), MergeScript.replaced(shape, row));
  }

  private static DeltaferryException superseded(RunPlan plan) {
    return new DeltaferryException(
        ErrorCode.SUPERSEDED, "the state of " + plan.table() + " is at a newer run");
  }

  /** The filled table as what is merged into. */
  private TargetTables.Ready ready(RunPlan plan, @Nullable TableState state) {
    WarehouseTable shadow =
        warehouse
            .describe(plan.shadow())
            .orElseThrow(
                () ->
                    new DeltaferryException(
                        ErrorCode.TARGET_CHANGED,
                        plan.shadow()
                            + ", which was to take the place of "
                            + plan.target()
                            + ", is gone. Ask for the table again"));
    FilledColumns known = known(plan, state);
    MergeColumns columns = plan.match(shadow);
    return new TargetTables.Ready(
        shadow,
        columns,
        (known == null ? FilledColumns.NONE : known).after(columns.filled(), shadow));
  }

  private static @Nullable FilledColumns known(RunPlan plan, @Nullable TableState state) {
    return state == null ? null : state.filled(plan.targetCreated());
  }

  private @Nullable TableState state(RunPlan plan) {
    return warehouse.query(LedgerTables.readState(plan.stateTable())).stream()
        .findFirst()
        .flatMap(row -> TableState.of(plan.stateTable(), row))
        .orElse(null);
  }
}
