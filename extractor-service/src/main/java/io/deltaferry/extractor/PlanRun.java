package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.PlannedSource;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.CatalogReader;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.run.RunId;
import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.TargetConfig;
import io.deltaferry.table.UnknownTypes;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.TypeMapping;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Decides a run: reads the catalog, the target and the state, and freezes what follows. */
final class PlanRun {
  private final TargetConfig target;
  private final Progress progress;
  private final Clock clock;

  PlanRun(TargetConfig target, Progress progress, Clock clock) {
    this.target = target;
    this.progress = progress;
    this.clock = clock;
  }

  /** What asked for the run. */
  record Request(String requestId, Instant publishedAt) {}

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
    return new Turn.Start(new RunId(run.table(), progress.mergedSeq(state) + 1), start.takesOver());
  }

  /**
   * The plan of a run.
   *
   * @param session in autocommit; the database's clock is read before any snapshot
   * @throws DeltaferryException PERMANENT when the table cannot be synced as it is configured
   */
  RunPlan plan(TableConfig table, Turn.Start start, Request request, PostgresSession session) {
    Instant databaseClock = session.clock();
    PlannedSource source = PlannedSource.of(table.source());
    DeltaSource deltaSource = source.deltaSource();
    TableSchema schema = new CatalogReader(session).describe(deltaSource);
    List<String> key = key(table, schema, session, deltaSource);
    Cursor cursor = cursor(table, schema);
    List<TypeMapping> columns = columns(table, schema, key);
    TableRef targetTable =
        new TableRef(target.project(), table.target().dataset(), table.target().table());
    Optional<WarehouseTable> existing = progress.target(targetTable);
    LowWatermark low =
        progress.low(
            existing,
            RunPlan.stateTable(target.project(), target.controlDataset(), table.name()),
            table,
            cursor,
            databaseClock);
    return new RunPlan(
        table.name(),
        start.run().seq(),
        request.requestId(),
        table.mode(),
        start.takesOver(),
        source,
        columns,
        key,
        cursor.column(),
        cursor.kind(),
        table.filter(),
        low,
        databaseClock,
        table.lateness(),
        targetTable,
        existing.map(WarehouseTable::created).orElse(null),
        temp(start.run()),
        target.controlDataset(),
        target.location(),
        table.definitionHash(),
        table.policyHash(),
        schema.fingerprint(),
        table.partBytes(),
        request.publishedAt(),
        clock.instant());
  }

  private TableRef temp(RunId run) {
    return new TableRef(target.project(), target.stagingDataset(), run.table() + "__" + run.seq());
  }

  private static List<String> key(
      TableConfig table, TableSchema schema, PostgresSession session, DeltaSource source) {
    List<String> key = table.key().isEmpty() ? schema.key() : table.key();
    if (key.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.KEY_MISSING,
          "tables."
              + table.name()
              + " has no key: "
              + source.describe()
              + " has no primary key. Name the columns that identify a row under `key`");
    }
    // A query has no index that could prove anything; the merge looks for duplicates every time.
    if (!table.key().isEmpty() && !table.assumeUnique() && source instanceof PgTable pgTable) {
      checkUnique(table, pgTable, session);
    }
    return key;
  }

  private static void checkUnique(TableConfig table, PgTable source, PostgresSession session) {
    if (!new CatalogReader(session).isUnique(source, table.key())) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "tables."
              + table.name()
              + ": nothing in "
              + source.describe()
              + " proves that ("
              + String.join(", ", table.key())
              + ") identifies a row. Create a unique index on these columns and make them NOT NULL,"
              + " or set `assume_unique: true`: then every run looks for duplicates");
    }
  }

  private static Cursor cursor(TableConfig table, TableSchema schema) {
    Cursor cursor = Cursor.of(table.requiredCursor(), schema);
    if (cursor.kind() == CursorKind.XID8) {
      throw new DeltaferryException(
          ErrorCode.CURSOR_INVALID,
          "tables."
              + table.name()
              + ": a cursor of type xid8 is not supported yet; use a timestamptz column that every"
              + " change sets");
    }
    return cursor;
  }

  private static List<TypeMapping> columns(
      TableConfig table, TableSchema schema, List<String> key) {
    boolean unknownAsText = table.unknownTypes() == UnknownTypes.TEXT;
    return schema.mappings(
        table.exclude(),
        new MappingOptions(table.conversions(), unknownAsText, new HashSet<>(key)));
  }
}
