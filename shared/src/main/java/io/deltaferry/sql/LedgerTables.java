package io.deltaferry.sql;

import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.table.WarehouseTable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The control tables: the state of a target and the ledger of merged runs. */
public final class LedgerTables {
  private static final Map<String, String> LABELS = Map.of("managed_by", "deltaferry");

  private static final String FILLED = "filled_columns";
  private static final String SOURCE = "source_tables";
  private static final String UNTIL = "until";

  private static final List<WarehouseColumn> STATE =
      List.of(
          required("seq", "INT64"),
          optional("next_low", "STRING"),
          optional("definition_hash", "STRING"),
          optional("policy_hash", "STRING"),
          optional("delta_low", "STRING"),
          optional("delta_digest", "STRING"),
          optional("high", "STRING"),
          optional("bounds", "STRING"),
          optional(FILLED, "STRING"),
          optional(SOURCE, "STRING"),
          optional("target_created", "TIMESTAMP"),
          optional("updated_at", "TIMESTAMP"));

  private static final List<WarehouseColumn> RUNS =
      List.of(
          required("table_name", "STRING"),
          required("seq", "INT64"),
          required("request_id", "STRING"),
          required("mode", "STRING"),
          optional("low", "STRING"),
          required("low_reason", "STRING"),
          optional(UNTIL, "STRING"),
          optional("next_low", "STRING"),
          optional("bound", "TIMESTAMP"),
          required("bound_reason", "STRING"),
          optional("pinned_since", "TIMESTAMP"),
          required("rows_extracted", "INT64"),
          required("rows_loaded", "INT64"),
          required("rows_merged", "INT64"),
          required("null_cursors", "INT64"),
          required("rows_overlap", "INT64"),
          required("losses", "STRING"),
          required("parts", "INT64"),
          required("bytes_staged", "INT64"),
          required("definition_hash", "STRING"),
          required("requested_at", "TIMESTAMP"),
          required("extract_started", "TIMESTAMP"),
          required("extract_finished", "TIMESTAMP"),
          required("merged_at", "TIMESTAMP"),
          required("version", "STRING"),
          optional("rows_compared", "INT64"),
          optional("rows_deleted", "INT64"),
          optional("rows_revived", "INT64"),
          optional("keys_missing", "INT64"),
          optional("high", "STRING"),
          optional("periods_left", "INT64"));

  /** Those of a reconciliation. */
  private static final Set<String> COUNTED =
      Set.of("rows_compared", "rows_deleted", "rows_revived", "keys_missing");

  /** Before the name of the table that a state belongs to. */
  public static final String STATE_PREFIX = "state__";

  private LedgerTables() {}

  /** The state table of one target; one of its own, since transactions on a shared one conflict. */
  public static NewTable state(TableRef table) {
    return new NewTable(table, STATE, LABELS, null, "Deltaferry: progress of one table");
  }

  /** One row per merged run, written in the merge's own transaction. */
  public static NewTable runs(TableRef table) {
    return new NewTable(table, RUNS, LABELS, null, "Deltaferry: merged runs");
  }

  static List<String> stateColumns() {
    return STATE.stream().map(WarehouseColumn::name).toList();
  }

  /** The columns of a run's row, without those that only some modes count. */
  static List<String> runColumns(Set<String> counted) {
    return RUNS.stream()
        .map(WarehouseColumn::name)
        .filter(name -> counted.contains(name) || !COUNTED.contains(name))
        .toList();
  }

  /** Puts the one row into a new state table; does nothing where it stands already. */
  public static Statement initialState(TableRef table) {
    return Statement.of(
        """
        MERGE %s AS T
        USING (SELECT 0 AS seq) AS S
        ON TRUE
        WHEN NOT MATCHED THEN
          INSERT (seq, updated_at) VALUES (S.seq, CURRENT_TIMESTAMP())"""
            .formatted(path(table)));
  }

  /** Reads the one row. */
  public static Statement readState(TableRef table) {
    return readState(table, column -> true);
  }

  /** The same of a table that an older build may have made: what it lacks is NULL. */
  public static Statement readState(WarehouseTable table) {
    return readState(table.ref(), column -> table.column(column).isPresent());
  }

  private static Statement readState(TableRef table, Predicate<String> has) {
    return Statement.of(
        """
        SELECT seq, next_low, definition_hash, delta_low, delta_digest, high, bounds,
          %s, %s, UNIX_MICROS(target_created) AS target_created_micros
        FROM %s"""
            .formatted(orNull(FILLED, has), orNull(SOURCE, has), path(table)));
  }

  private static String orNull(String column, Predicate<String> has) {
    return has.test(column) ? column : "CAST(NULL AS STRING) AS " + column;
  }

  /** Whether the ledger says which window a run read, which older builds did not. */
  public static boolean hasWindows(WarehouseTable runs) {
    return runs.column(UNTIL).isPresent();
  }

  /** For each table of the ledger, its newest merged run: when it began to read, what was lost. */
  public static Statement lastMerged(TableRef table) {
    return Statement.of(
        """
        SELECT table_name, seq, UNIX_MICROS(extract_started) AS extract_started_micros, losses
        FROM %s
        QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name ORDER BY seq DESC) = 1"""
            .formatted(path(table)));
  }

  /**
   * For each table of the ledger, its newest reconciliation and the newest run of a backfill. What
   * a ledger of an older build lacks is NULL.
   */
  public static Statement lastTasks(WarehouseTable runs) {
    String asked =
        Stream.of("rows_compared", "rows_deleted", "rows_revived", "keys_missing", "periods_left")
            .map(name -> runs.column(name).isPresent() ? name : "CAST(NULL AS INT64) AS " + name)
            .collect(Collectors.joining(", "));
    return Statement.of(
        """
        SELECT table_name, mode, seq, low, %s
        FROM %s
        WHERE mode IN ('reconcile', 'backfill')
        QUALIFY ROW_NUMBER() OVER (PARTITION BY table_name, mode ORDER BY seq DESC) = 1"""
            .formatted(asked, path(runs.ref())));
  }

  /** The windows that a table's backfills have merged since a run, under one definition. */
  public static Statement backfilled(
      TableRef runs, String name, long since, String definitionHash) {
    return new Statement(
        """
        SELECT low, until
        FROM %s
        WHERE table_name = @table_name
          AND mode = 'backfill'
          AND seq >= @seq
          AND definition_hash = @definition_hash"""
            .formatted(path(runs)),
        Map.of(
            "table_name", new Statement.Text(name),
            "seq", new Statement.Int64(since),
            "definition_hash", new Statement.Text(definitionHash)));
  }

  /** When the table's merged runs had read their last row; null before the first. */
  public static Statement lastRead(TableRef runs, String table) {
    return new Statement(
        "SELECT UNIX_MICROS(MAX(extract_finished)) AS read_micros FROM %s WHERE table_name = @table_name"
            .formatted(path(runs)),
        Map.of("table_name", new Statement.Text(table)));
  }

  /** What a run's reconciliation has counted. */
  public static Statement reconciled(TableRef runs, String table, long seq) {
    return new Statement(
        """
        SELECT rows_deleted, rows_revived, keys_missing
        FROM %s
        WHERE table_name = @table_name AND seq = @seq"""
            .formatted(path(runs)),
        Map.of("table_name", new Statement.Text(table), "seq", new Statement.Int64(seq)));
  }

  private static String path(TableRef table) {
    return BqIdentifier.of(table.project(), table.dataset(), table.table()).sql();
  }

  private static WarehouseColumn required(String name, String type) {
    return new WarehouseColumn(name, type, true);
  }

  private static WarehouseColumn optional(String name, String type) {
    return new WarehouseColumn(name, type, false);
  }
}
