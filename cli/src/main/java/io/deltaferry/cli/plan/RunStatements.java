package io.deltaferry.cli.plan;

import io.deltaferry.extractor.RunPreview;
import io.deltaferry.plan.NewTarget;
import io.deltaferry.plan.PlannedView;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.TableState;
import io.deltaferry.sql.AlterTarget;
import io.deltaferry.sql.CreateTable;
import io.deltaferry.sql.MergeScript;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.sql.Statement;
import io.deltaferry.sql.TargetView;
import io.deltaferry.sql.TrialQueries;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The statements of a run that is not begun; temp tables have the names they would have. */
public final class RunStatements {
  private final RunPlan plan;
  private final @Nullable WarehouseTable target;
  private final @Nullable SchemaDrift drift;

  public RunStatements(RunPreview.Seen seen) {
    this.plan = seen.plan();
    this.target = seen.target();
    this.drift = drift(seen);
  }

  private static @Nullable SchemaDrift drift(RunPreview.Seen seen) {
    WarehouseTable now = seen.target();
    TableState state = seen.state();
    return now == null
        ? null
        : SchemaDrift.of(seen.plan().delta(), now, state == null ? null : state.filled(now))
            .adding(seen.plan().shape().unmarked(now));
  }

  /** How the target's columns differ from the source's; empty when they do not. */
  public String schemaChange() {
    if (target == null || drift == null) {
      return "a new table";
    }
    return plan.shape().anew()
        ? "a new table takes its place: " + drift.describe()
        : drift.describe();
  }

  /** Of the first slice, where there are several. */
  public String copy() {
    return plan.slicing().slices().size() > 1
        ? plan.query(plan.slicing().slices().get(0), 0).copy().sql()
        : plan.query().copy().sql();
  }

  /** What makes the target, where there is none. */
  public Optional<String> create() {
    return target == null ? Optional.of(CreateTable.of(newTarget())) : Optional.empty();
  }

  /** What alters the target before anything is merged. */
  public Optional<String> alter() {
    return drift != null && drift.altersTarget() && !plan.shape().anew()
        ? Optional.of(AlterTarget.of(plan.target(), drift).text())
        : Optional.empty();
  }

  /** The view beside the target, and whether the run makes it; empty where there is none. */
  public String view() {
    PlannedView view = plan.shape().view();
    if (view == null) {
      return "";
    }
    return view.ref().dataset()
        + "."
        + view.ref().table()
        + (makesView(view) ? ", which the run makes" : ", which stays as it is");
  }

  /** What makes it, where the run does. */
  public Optional<String> createView() {
    PlannedView view = plan.shape().view();
    return view == null || !makesView(view)
        ? Optional.empty()
        : Optional.of(TargetView.of(view.ref(), view.kind(), afterwards()).statement().text());
  }

  private boolean makesView(PlannedView view) {
    return view.due() || target == null || (drift != null && drift.changesColumns());
  }

  /**
   * The statement that changes the target, of a delta that is not there yet; empty where the target
   * is not there yet either, or not as it will be then.
   */
  public Optional<Statement> change() {
    if (target == null || drift == null || drift.altersTarget() || plan.shape().anew()) {
      return Optional.empty();
    }
    return Optional.of(
        new TrialQueries(plan.merge(target, plan.match(target).clearing(drift.cleared()), false))
            .changeBeforehand(plan.columns()));
  }

  /** What brings the rows into the target, or into the new one that takes its place. */
  public String merge() {
    List<String> cleared = drift == null ? List.of() : drift.cleared();
    WarehouseTable into = afterwards();
    MergeScript.Shape shape =
        plan.merge(into, plan.match(into).clearing(cleared), plan.slicing().slices().size() > 1);
    return plan.shape().anew()
        ? MergeScript.fill(shape, Map.of()).text()
        : MergeScript.of(shape, Map.of()).text();
  }

  /** The target as it is when rows come. */
  private WarehouseTable afterwards() {
    if (target == null || drift == null) {
      return newTarget().made(plan.plannedAt());
    }
    List<WarehouseColumn> columns = new ArrayList<>(drift.rebuilt(plan.delta(), target));
    columns.addAll(plan.shape().unmarked(target));
    return new WarehouseTable(
        target.ref(), target.created(), columns, target.labels(), target.layout());
  }

  private NewTable newTarget() {
    return NewTarget.of(plan.target(), plan.brought(), plan.key(), plan.shape(), Map.of());
  }
}
