package io.deltaferry.extractor;

import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.RunOptions;
import io.deltaferry.plan.BackfillScope;
import io.deltaferry.plan.BackfillStep;
import io.deltaferry.plan.History;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.Window;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.TypeMapping;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which period of a table's history a run of a backfill reads: its first run compares both
 * sides, and those after it go through what that found.
 */
final class DecidePeriod {
  private static final Logger log = LoggerFactory.getLogger(DecidePeriod.class);

  private final TableConfig table;
  private final RunId run;
  private final Progress progress;
  private final ControlStore control;
  private final BackfillStops stops;

  DecidePeriod(TableConfig table, RunId run, Progress progress, ControlStore control) {
    this.table = table;
    this.run = run;
    this.progress = progress;
    this.control = control;
    this.stops = new BackfillStops(control, table.name());
  }

  /** The rows, none where nothing is left. */
  RowsToRead rows(
      PlanRun.Request request,
      Source.Planning source,
      TableSchema schema,
      List<TypeMapping> columns,
      Optional<WarehouseTable> target,
      Instant clock) {
    RunOptions options = request.asked().options();
    BackfillScope scope = BackfillScope.of(table, schema, options);
    Optional<RunPlan> before = earlier(options.backfill());
    Instant since =
        before
            .map(plan -> stops.since(step(plan)))
            .orElseGet(() -> stops.since(request.requestId()));
    BackfillStep none = new BackfillStep(scope.period(), run.seq(), since, List.of(), false);
    if (stops.isStopped(since)) {
      return stopped(scope, none, clock);
    }
    BackfillStep all =
        before
            .filter(plan -> goesOn(plan, scope))
            .map(plan -> left(scope, plan))
            .orElseGet(() -> compare(scope, source, columns, target, none));
    // Counting takes long.
    return stops.isStopped(since) ? stopped(scope, none, clock) : first(scope, all, clock);
  }

  private static RowsToRead stopped(BackfillScope scope, BackfillStep none, Instant clock) {
    log.info("the backfill was stopped; no further period begins");
    return RowsToRead.nothing(scope, none, clock);
  }

  private BackfillStep compare(
      BackfillScope scope,
      Source.Planning source,
      List<TypeMapping> columns,
      Optional<WarehouseTable> target,
      BackfillStep none) {
    DeltaQuery rows =
        new DeltaQuery(source.source(), columns, scope.column(), scope.window(), table.filter());
    List<DayRows> there = target.map(known -> progress.days(scope, known, table)).orElse(List.of());
    List<History.Period> open =
        scope.history(source.days(rows, scope.newest()), there).open(scope.order());
    List<LocalDate> dated =
        open.stream().map(History.Period::start).filter(Objects::nonNull).toList();
    log.info("{} periods are to be filled", open.size());
    return none.leaving(dated, open.size() > dated.size());
  }

  /** The run whose backfill goes on. */
  private Optional<RunPlan> earlier(@Nullable BackfillOptions options) {
    if (options == null || options.after() == null) {
      return Optional.empty();
    }
    RunId before = new RunId(table.name(), options.after());
    String name = ObjectNames.plan(before);
    return KnownRun.plan(control, before)
        .filter(text -> RunJson.read(name, text, RefusedPlan.class).refused() == null)
        .map(text -> RunJson.read(name, text, RunPlan.class))
        .filter(plan -> plan.backfill() != null);
  }

  /** Not when the table file has changed since. */
  private boolean goesOn(RunPlan plan, BackfillScope scope) {
    return plan.definitionHash().equals(table.definitionHash())
        && scope.column().column().equals(plan.cursor())
        && step(plan).period() == scope.period();
  }

  private static BackfillStep step(RunPlan plan) {
    return Objects.requireNonNull(plan.backfill());
  }

  /** What it left, less what another backfill of the table has read meanwhile. */
  private BackfillStep left(BackfillScope scope, RunPlan before) {
    BackfillStep step = step(before);
    Set<Window> read = progress.backfilled(before.runsTable(), table, step.began());
    List<LocalDate> left =
        step.left().stream().filter(start -> !read.contains(scope.window(start))).toList();
    return step.leaving(left, step.undated());
  }

  private RowsToRead first(BackfillScope scope, BackfillStep all, Instant clock) {
    List<LocalDate> left = all.left();
    if (!left.isEmpty()) {
      BackfillStep rest = all.leaving(left.subList(1, left.size()), all.undated());
      return RowsToRead.period(scope, scope.window(left.get(0)), rest, clock);
    }
    BackfillStep last = all.leaving(List.of(), false);
    if (all.undated()) {
      return RowsToRead.undated(scope, last, clock);
    }
    log.info("nothing is left to be filled");
    return RowsToRead.nothing(scope, last, clock);
  }
}
