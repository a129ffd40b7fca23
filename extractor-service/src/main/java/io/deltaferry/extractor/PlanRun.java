package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.plan.PlannedSource;
import io.deltaferry.plan.PlannedTarget;
import io.deltaferry.plan.RowOrders;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.plan.TableState;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.RunId;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.TargetConfig;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.ColumnNames;
import io.deltaferry.type.TypeMapping;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Decides a run: reads the catalog, the target and the state, and freezes what follows. */
final class PlanRun {
  /** Parts are deleted after days; a run that adopts them still has to load them. */
  private static final Duration OLDEST_PARTS = Duration.ofDays(1);

  private final TargetConfig target;
  private final Progress progress;
  private final ControlStore control;
  private final Clock clock;

  PlanRun(TargetConfig target, Progress progress, ControlStore control, Clock clock) {
    this.target = target;
    this.progress = progress;
    this.control = control;
    this.clock = clock;
  }

  /**
   * What asked for the run.
   *
   * @param asked with the mode and the window that it means
   */
  record Request(ExtractRequest asked, String requestId, Instant publishedAt) {
    SyncMode mode() {
      return Objects.requireNonNull(asked.mode());
    }
  }

  /**
   * The start with the number its run gets. The bucket's rules delete old objects; a table that
   * rested longer shows no run there, and its state knows how far the numbers had come.
   */
  Turn.Start numbered(Turn.Start start) {
    RunId run = start.run();
    if (run.seq() > 1) {
      return start;
    }
    TableRef state = RunPlan.stateTable(target.project(), target.controlDataset(), run.table());
    return new Turn.Start(
        new RunId(run.table(), progress.mergedSeq(state) + 1), start.takesOver(), start.quiet());
  }

  /**
   * The plan of a run.
   *
   * @throws DeltaferryException PERMANENT when the table cannot be synced as it is configured
   */
  RunPlan plan(TableConfig table, Turn.Start start, Request request, Source.Planning source) {
    TableSchema schema = source.schema();
    List<String> key =
        needsKey(table, request.mode()) ? source.key(schema) : source.keyIfAny(schema);
    TableRef targetTable =
        new TableRef(target.project(), table.target().dataset(), table.target().table());
    Optional<WarehouseTable> existing = progress.target(targetTable);
    List<String> quarantined =
        existing
            .map(known -> HiddenColumns.quarantined(table, schema, key, known))
            .orElse(List.of());
    List<TypeMapping> all = source.columns(schema.without(quarantined), key);
    List<TypeMapping> columns = read(request.mode(), all, key);
    Optional<TableState> state =
        progress.state(RunPlan.stateTable(target.project(), target.controlDataset(), table.name()));
    FitTarget.Fit fit =
        new FitTarget(table, schema, columns, key)
            .into(request.mode(), existing.orElse(null), state.orElse(null));
    ColumnNames.check(fit.shape().brought(columns).stream().map(TypeMapping::name).toList());
    SyncMode mode = fit.mode();
    PlannedTarget planned =
        shape(table, all, request, fit, state)
            .viewed(new PlanView(table, progress).of(targetTable, all, existing).orElse(null));
    DecidePeriod periods = new DecidePeriod(table, start.run(), progress, control);
    DecideRows decide = new DecideRows(table, source, progress, periods);
    RowsToRead rows = decide.rows(request, schema, key, columns, existing, state, fit, planned);
    PlannedTarget shape =
        (rows.isTold() ? planned.told() : planned)
            .lacking(decide.hidesLoss(mode, schema, existing, state));
    Cursor cursor = rows.cursor();
    String filter = rows.filter(table.filter());
    DeltaQuery query = rows.query(source.source(), columns, filter);
    RunPlan drafted =
        new RunPlan(
            table.name(),
            start.run().seq(),
            request.requestId(),
            mode,
            request.asked().options(),
            start.takesOver(),
            PlannedSource.of(table.source()).toldBy(rows.log()),
            columns,
            quarantined,
            key,
            cursor == null ? null : cursor.column(),
            rows.kind(),
            filter,
            rows.low(),
            rows.until(),
            rows.backfill(),
            rows.clock(),
            rows.bound(),
            table.lateness(),
            table.bound().idLateness(),
            table.bound().strict(),
            targetTable,
            existing.map(WarehouseTable::created).orElse(null),
            temp(start.run()),
            target.controlDataset(),
            target.location(),
            table.definitionHash(),
            table.policyHash(),
            schema.fingerprint(),
            source.files(query),
            table.partBytes(),
            source.estimate(query),
            Slicing.whole(order(table, rows, mode, key, schema), table.slices().parallel()),
            request.publishedAt(),
            clock.instant(),
            existing.isEmpty() ? new ShapeTarget(table, source).shape(shape, columns, key) : shape);
    return adopted(drafted).orElseGet(() -> drafted.cut(source.slices(drafted)));
  }

  /** A trial needs what the table's own runs do. */
  private static boolean needsKey(TableConfig table, SyncMode mode) {
    return (mode == SyncMode.TEST ? table.mode() : mode).needsKey();
  }

  /** A reconciliation reads no more than keys. */
  private static List<TypeMapping> read(
      SyncMode mode, List<TypeMapping> columns, List<String> key) {
    return mode == SyncMode.RECONCILE
        ? columns.stream().filter(mapping -> key.contains(mapping.column())).toList()
        : columns;
  }

  private PlannedTarget shape(
      TableConfig table,
      List<TypeMapping> columns,
      Request request,
      FitTarget.Fit fit,
      Optional<TableState> state) {
    if (fit.mode() != SyncMode.RECONCILE && fit.mode() != SyncMode.CHANGE_LOG) {
      return fit.shape();
    }
    Optional<Instant> read =
        state.flatMap(
            merged ->
                progress.lastRead(
                    RunPlan.runsTable(target.project(), target.controlDataset()), table.name()));
    return fit.shape()
        .reconciling(
            new PlanReconcile(table)
                .deletion(columns, request.asked().options().maxDeletes(), read));
  }

  /**
   * By which order the run may be cut. A copy of all rows is read in one snapshot, unless nobody
   * minds or the increments that follow bring what changed while it was read. A reconciliation's
   * slices may always have snapshots of their own: no key moves from one range of keys to another,
   * so that one that is there all the time is found, and one that is not found was gone when its
   * range was read. The same holds where a log tells which keys are to be looked at: what becomes
   * of one after its range was read has an entry that the next run reads.
   */
  private static @Nullable RowOrder order(
      TableConfig table, RowsToRead rows, SyncMode mode, List<String> key, TableSchema schema) {
    // Places lie in plans with the values of their columns, so that none of them may be hidden.
    List<String> shown = table.privacy().hidesAny(key) ? List.of() : key;
    Cursor cursor = rows.cursor();
    if (cursor != null && !mode.readsAll()) {
      return RowOrders.of(cursor, shown, schema, rows.low().low() == null);
    }
    boolean mayBeCut =
        switch (mode) {
          case RECONCILE, CHANGE_LOG -> true;
          case REPLACE ->
              table.mode() == SyncMode.INCREMENTAL
                  || table.mode() == SyncMode.CHANGE_LOG
                  || table.modes().fuzzy();
          case APPEND, INCREMENTAL, WINDOW, BACKFILL -> table.modes().fuzzy();
          // Each of its slices would read as many rows as the whole.
          case TEST -> false;
        };
    return mayBeCut ? RowOrders.byKey(shown, schema).orElse(null) : null;
  }

  /** What the run that is taken over had begun, unless it has nothing that is worth it. */
  private Optional<RunPlan> adopted(RunPlan drafted) {
    if (drafted.takesOver() == null) {
      return Optional.empty();
    }
    RunId abandoned = new RunId(drafted.table(), drafted.takesOver());
    Instant oldest = drafted.plannedAt().minus(OLDEST_PARTS);
    return AbandonedPlan.read(control, abandoned)
        .filter(plan -> plan.plannedAt().isAfter(oldest))
        .flatMap(drafted::adopt);
  }

  private TableRef temp(RunId run) {
    return new TableRef(target.project(), target.stagingDataset(), run.table() + "__" + run.seq());
  }
}
