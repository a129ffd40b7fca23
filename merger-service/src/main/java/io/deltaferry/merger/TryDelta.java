package io.deltaferry.merger;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.TrialReport;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.StagedRun;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.sql.TrialQueries;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds out what a merge would do with a loaded delta; nothing but temp tables are touched. */
final class TryDelta {
  private final Warehouse warehouse;
  private final ControlStore control;

  TryDelta(Warehouse warehouse, ControlStore control) {
    this.warehouse = warehouse;
    this.control = control;
  }

  /**
   * Looks, leaves the report beside the run's other objects, and drops the temp table.
   *
   * @return how many rows were tried
   * @throws DeltaferryException TRIAL_FAILED when a run would fail, and why
   */
  long run(StagedRun staged) {
    String name = ObjectNames.trial(staged.plan().run());
    Optional<String> known = control.read(name);
    String text =
        known.isPresent()
            ? known.get()
            : control.create(name, RunJson.write(report(staged)), Map.of()).content();
    TrialReport report = RunJson.read(name, text, TrialReport.class);
    warehouse.drop(staged.plan().temp());
    if (!report.isGood()) {
      throw failure(report);
    }
    return report.rows();
  }

  private TrialReport report(StagedRun staged) {
    RunPlan plan = staged.plan();
    Optional<WarehouseTable> target = warehouse.describe(plan.target());
    SchemaDrift drift = target.map(table -> SchemaDrift.of(plan.delta(), table, null)).orElse(null);
    List<String> problems = new ArrayList<>();
    Long scanned = null;
    boolean anew = plan.shape().anew();
    if (drift != null && !drift.problems().isEmpty() && !anew) {
      problems.addAll(drift.problems());
    } else {
      WarehouseTable wanted = drift == null ? newTarget(plan) : altered(plan, drift, target.get());
      TrialQueries queries = new TrialQueries(plan.merge(wanted, plan.match(wanted), false));
      tried(() -> warehouse.query(queries.conversions()), problems);
      duplicates(plan, queries, problems);
      if (drift != null && !drift.altersTarget() && !anew) {
        scanned = tried(() -> warehouse.dryRun(queries.change()), problems).orElse(null);
      }
    }
    Map<String, Long> losses = staged.manifest().losses();
    Set<String> strict = strict(plan);
    return new TrialReport(
        plan.table(),
        plan.seq(),
        staged.manifest().rows(),
        (anew ? "a new table would take its place: " : "") + describe(target, drift),
        only(losses, strict, false),
        only(losses, strict, true),
        problems,
        scanned);
  }

  private static WarehouseTable newTarget(RunPlan plan) {
    return TargetTables.newTarget(plan).made(plan.plannedAt());
  }

  private static WarehouseTable altered(RunPlan plan, SchemaDrift drift, WarehouseTable target) {
    return new WarehouseTable(
        target.ref(),
        target.created(),
        drift.rebuilt(plan.delta(), target),
        target.labels(),
        target.layout());
  }

  private void duplicates(RunPlan plan, TrialQueries queries, List<String> problems) {
    if (plan.key().isEmpty()) {
      return;
    }
    tried(() -> warehouse.query(queries.duplicates()).get(0).get(TrialQueries.DUPLICATES), problems)
        .filter(count -> !count.equals("0"))
        .ifPresent(
            count ->
                problems.add(
                    "%s keys stand more than once; (%s) identifies no row"
                        .formatted(count, String.join(", ", plan.key()))));
  }

  /** What BigQuery refuses is a finding, and not a failure of the trial. */
  private static <T> Optional<T> tried(Asking<T> asking, List<String> problems) {
    try {
      return Optional.ofNullable(asking.ask());
    } catch (DeltaferryException e) {
      if (e.kind() != ErrorKind.PERMANENT) {
        throw e;
      }
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private static String describe(Optional<WarehouseTable> target, @Nullable SchemaDrift drift) {
    if (target.isEmpty() || drift == null) {
      return "would be created";
    }
    String changes = drift.describe();
    return changes.isEmpty() ? "takes them as it is" : changes;
  }

  private static Set<String> strict(RunPlan plan) {
    return plan.columns().stream()
        .filter(column -> column.policy() == LossPolicy.FAIL)
        .map(TypeMapping::column)
        .collect(Collectors.toSet());
  }

  private static Map<String, Long> only(
      Map<String, Long> losses, Set<String> strict, boolean ofStrict) {
    Map<String, Long> counts = new TreeMap<>(losses);
    counts.keySet().removeIf(column -> strict.contains(column) != ofStrict);
    return counts;
  }

  private static DeltaferryException failure(TrialReport report) {
    return new DeltaferryException(
        ErrorCode.TRIAL_FAILED,
        "a run of %s would fail; nothing was touched: %s"
            .formatted(report.table(), String.join("; ", report.lines())));
  }

  @FunctionalInterface
  private interface Asking<T> {
    @Nullable T ask();
  }
}
