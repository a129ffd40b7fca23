package io.deltaferry.plan;

import io.deltaferry.message.BackfillOptions;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.RequestId;
import io.deltaferry.message.RunOptions;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.ChangesQuery;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.LogReading;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.MergeScript;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.sql.SliceQuery;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.TypeMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A run's frozen decisions. Every stage reads its settings from here, never from the table file, so
 * that a changed file cannot split a run.
 *
 * @param requestId the request that started the run; a re-delivery of it finds the run by this
 * @param mode what the run does
 * @param asked what the request said beside it
 * @param takesOver the abandoned run that this one replaces, or null
 * @param columns in the order they are staged
 * @param quarantined columns that nobody has decided about, and that are left out
 * @param key key columns, all NOT NULL; empty where the mode needs none and the source has none
 * @param cursor null where the mode needs none and the table has none, or a log tells of changes
 * @param cursorKind of the cursor, or of the numbers of the log's entries
 * @param filter a condition on the source's rows, or null
 * @param low from where the window reads, and why
 * @param until where the window ends, exclusive; null for no end
 * @param backfill what of the table's history it reads; null unless it is a backfill
 * @param clock up to when the database showed what was committed, by its own clock and before the
 *     snapshot: a replica lies behind
 * @param bound before what all transactions had ended then
 * @param idLateness how many ids a change may stay invisible, where no bound is known
 * @param strict whether the watermark may rest on neither lateness
 * @param target the table to be kept equal
 * @param targetCreated which table of that name, or null when there was none: then the merger
 *     creates it, and refuses any other
 * @param temp where the loader puts the delta
 * @param controlDataset of the state and the ledger
 * @param location of all datasets
 * @param definitionHash of source, query, filter, key, cursor and target
 * @param policyHash of exclusions and conversions
 * @param fingerprint of the source's columns
 * @param sourceFiles that hold its rows, by relation
 * @param partBytes compressed size of a part
 * @param estimatedRows what the database's planner expects of the delta; null when it was not asked
 * @param slicing how the rows are cut
 * @param requestedAt when the request was published
 * @param plannedAt by this instance's clock
 * @param shape what becomes of the target's columns
 */
public record RunPlan(
    String table,
    long seq,
    String requestId,
    SyncMode mode,
    RunOptions asked,
    @Nullable Long takesOver,
    PlannedSource source,
    List<TypeMapping> columns,
    List<String> quarantined,
    List<String> key,
    @Nullable String cursor,
    @Nullable CursorKind cursorKind,
    @Nullable String filter,
    LowWatermark low,
    @Nullable String until,
    @Nullable BackfillStep backfill,
    Instant clock,
    RunBound bound,
    Duration lateness,
    long idLateness,
    boolean strict,
    TableRef target,
    @Nullable Instant targetCreated,
    TableRef temp,
    String controlDataset,
    String location,
    String definitionHash,
    String policyHash,
    String fingerprint,
    Map<Long, Long> sourceFiles,
    long partBytes,
    @Nullable Long estimatedRows,
    Slicing slicing,
    Instant requestedAt,
    Instant plannedAt,
    PlannedTarget shape) {
  private static final long TRIED_ROWS = 1_000_000;

  public RunPlan {
    // An older build's plan has neither.
    shape = shape == null ? PlannedTarget.NONE : shape;
    columns = List.copyOf(columns);
    quarantined = quarantined == null ? List.of() : List.copyOf(quarantined);
    key = List.copyOf(key);
    sourceFiles = Collections.unmodifiableMap(new TreeMap<>(sourceFiles));
  }

  /** What a column of the source is called in BigQuery. */
  public String nameOf(String column) {
    return columns.stream()
        .filter(mapping -> mapping.column().equals(column))
        .map(TypeMapping::name)
        .findFirst()
        .orElse(column);
  }

  /** What the cursor is called in BigQuery, or null without one. */
  public @Nullable String cursorName() {
    return cursor == null ? null : nameOf(cursor);
  }

  public RunId run() {
    return new RunId(table, seq);
  }

  /** The columns that its merge fills, but for the time of the upload. */
  public List<TypeMapping> brought() {
    return shape.brought(columns);
  }

  /**
   * They, matched with a target's.
   *
   * @throws io.deltaferry.error.DeltaferryException as {@link MergeColumns#match}
   */
  public MergeColumns match(WarehouseTable with) {
    MergeColumns matched = MergeColumns.match(brought(), key, with);
    return shape.runId() == null ? matched : matched.naming(shape.runId(), table + "/" + seq);
  }

  /** The same run, cut so. */
  public RunPlan cut(Slicing cut) {
    return copy(seq, requestId, takesOver, temp, cut, requestedAt);
  }

  /**
   * The plan of an abandoned run as this run's own, with its bound and its slices; empty when it
   * would read other rows, or treat them otherwise.
   */
  public Optional<RunPlan> adopt(RunPlan abandoned) {
    boolean same =
        Long.valueOf(abandoned.seq).equals(takesOver)
            && sameWork(abandoned)
            && sameTables(abandoned);
    return same
        ? Optional.of(
            abandoned.copy(
                seq,
                requestId,
                takesOver,
                temp,
                abandoned.slicing.adopting(abandoned.seq),
                requestedAt))
        : Optional.empty();
  }

  private boolean sameWork(RunPlan other) {
    return mode == other.mode
        && definitionHash.equals(other.definitionHash)
        && policyHash.equals(other.policyHash)
        && fingerprint.equals(other.fingerprint)
        && sourceFiles.equals(other.sourceFiles)
        && columns.equals(other.columns)
        && key.equals(other.key)
        && Objects.equals(low.low(), other.low.low())
        && Objects.equals(until, other.until)
        && Objects.equals(filter, other.filter)
        && Objects.equals(asked.rows(), other.asked.rows())
        && Objects.equals(backfill, other.backfill);
  }

  private boolean sameTables(RunPlan other) {
    return target.equals(other.target)
        && shape.equals(other.shape)
        && Objects.equals(targetCreated, other.targetCreated)
        && controlDataset.equals(other.controlDataset)
        && location.equals(other.location);
  }

  private RunPlan copy(
      long number,
      String request,
      @Nullable Long abandoned,
      TableRef tempTable,
      Slicing cut,
      Instant requested) {
    return new RunPlan(
        table,
        number,
        request,
        mode,
        asked,
        abandoned,
        source,
        columns,
        quarantined,
        key,
        cursor,
        cursorKind,
        filter,
        low,
        until,
        backfill,
        clock,
        bound,
        lateness,
        idLateness,
        strict,
        target,
        targetCreated,
        tempTable,
        controlDataset,
        location,
        definitionHash,
        policyHash,
        fingerprint,
        sourceFiles,
        partBytes,
        estimatedRows,
        cut,
        requested,
        plannedAt,
        shape);
  }

  /** How many rows a trial tries at most. */
  private long triedRows() {
    Long rows = asked.rows();
    return rows == null ? TRIED_ROWS : rows;
  }

  /** A trial counts what a run would fail for, but for keys: those have no other value. */
  private List<TypeMapping> read() {
    return mode == SyncMode.TEST
        ? columns.stream()
            .map(column -> key.contains(column.column()) ? column : column.lenient())
            .toList()
        : columns;
  }

  /** The cursor, where there is one. */
  private Optional<Cursor> readBy() {
    return cursor == null || cursorKind == null
        ? Optional.empty()
        : Optional.of(new Cursor(cursor, cursorKind));
  }

  /** What the run reads, as the SQL generators take it. */
  public DeltaQuery query() {
    LogReading log = source.log();
    if (log != null) {
      return DeltaQuery.told(
          source.deltaSource(), read(), filter, new ChangesQuery(log, low.low(), low.seen()));
    }
    DeltaQuery rows =
        new DeltaQuery(
            source.deltaSource(), read(), readBy().orElse(null), low.window(until), filter);
    return mode == SyncMode.TEST ? rows.limited(triedRows()) : rows;
  }

  /**
   * From where the next increment reads; null when this run says nothing about that.
   *
   * @param high the largest cursor of all slices, or null when no row had one
   */
  public @Nullable String nextLow(@Nullable String high) {
    if (cursorKind == null || !mode.movesWatermark()) {
      return null;
    }
    return new Watermark(cursorKind, bound, clock, lateness, idLateness, strict)
        .next(high, low.low());
  }

  /**
   * Whether nothing has to be merged: no rows, or exactly those that were merged last time, and no
   * progress or setback of the watermark to be kept, no view to be made. The window includes its
   * low end, so that a table at rest shows its newest rows every time.
   *
   * @param digest of the rows, or null
   * @param high the largest cursor, or null
   */
  public boolean bringsNothing(long rows, @Nullable String digest, @Nullable String high) {
    return switch (mode) {
      case INCREMENTAL ->
          targetCreated != null
              && !viewIsDue()
              && (rows == 0 || stands(digest, high))
              && Objects.equals(nextLow(high), low.low());
      case CHANGE_LOG ->
          targetCreated != null
              && !viewIsDue()
              && low.low() != null
              && (rows == 0 || stands(digest, high))
              && low.low().equals(nextLow(high));
      case APPEND, WINDOW -> targetCreated != null && !viewIsDue() && rows == 0;
      case REPLACE, TEST -> false;
      case BACKFILL -> rows == 0;
      case RECONCILE -> targetCreated == null;
    };
  }

  private boolean viewIsDue() {
    return shape.view() != null && shape.view().due();
  }

  private boolean stands(@Nullable String digest, @Nullable String high) {
    return cursorKind != null && low.stands(cursorKind, digest, high);
  }

  /** The request that goes on where this run leaves off; empty where nothing is left. */
  public Optional<ExtractRequest> next() {
    return backfill == null || backfill.isLast()
        ? Optional.empty()
        : Optional.of(
            new ExtractRequest(
                table,
                mode,
                RequestId.ofNextStep(requestId),
                asked.with(BackfillOptions.after(asked.backfill(), seq))));
  }

  /** The largest cursor of the run, or null when no row has one. */
  public @Nullable String high(List<Receipt> receipts) {
    return cursorKind == null ? null : slicing.high(cursorKind, receipts);
  }

  /**
   * What a slice reads.
   *
   * @param snapshot the number of the session's snapshot; goes into each row unless the slice is
   *     the whole run
   */
  public DeltaQuery query(Slice slice, long snapshot) {
    return query()
        .in(
            new SliceQuery(
                slice.rows(),
                slicing.order(),
                slicing.isWhole(slice) ? null : snapshot,
                slicing.high() == null));
  }

  /**
   * How the run's rows get into a table. A trial only looks at how an increment would do it.
   *
   * @param into the target, or what takes its place
   * @param with of that table
   * @param sliced whether the rows come from several slices
   */
  public MergeScript.Shape merge(WarehouseTable into, MergeColumns with, boolean sliced) {
    SyncMode tried = key.isEmpty() ? SyncMode.APPEND : SyncMode.INCREMENTAL;
    PlannedDeletion deletion = shape.deletion();
    return new MergeScript.Shape(
        mode == SyncMode.TEST ? tried : mode,
        into.ref(),
        temp,
        stateTable(),
        runsTable(),
        with,
        into.layout(),
        // No key is in two ranges of keys.
        sliced && deletion == null,
        cursorName(),
        deletion == null ? null : deletion.how());
  }

  /** What the run brings, to be compared with what the target has. */
  public SchemaDrift.Delta delta() {
    return shape.delta(columns, key);
  }

  /** The state table of the target: one of its own, since transactions on a shared one conflict. */
  public TableRef stateTable() {
    return stateTable(target.project(), controlDataset, table);
  }

  /** The state table of a table. */
  public static TableRef stateTable(String project, String controlDataset, String table) {
    return new TableRef(project, controlDataset, LedgerTables.STATE_PREFIX + table);
  }

  /** What takes the target's place, where the plan says so. */
  public TableRef shadow() {
    return new TableRef(temp.project(), temp.dataset(), temp.table() + "__new");
  }

  /** The ledger's table of merged runs. */
  public TableRef runsTable() {
    return runsTable(target.project(), controlDataset);
  }

  /** The ledger of a control dataset. */
  public static TableRef runsTable(String project, String controlDataset) {
    return new TableRef(project, controlDataset, "sync_runs");
  }
}
