package io.deltaferry.cli.google;

import io.deltaferry.gcp.BigQueryWarehouse;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.MergeScript;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.type.BqType;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A target into which the real script merges. Rows are written {@code id text hour}, in slices with
 * the number of their snapshot behind that; {@code -} is no hour.
 */
final class MergedTable {
  private static final String CURSOR = "stamp";
  private static final List<TypeMapping> COLUMNS =
      List.of(
          column("id", BqType.Name.INT64),
          column("v", BqType.Name.STRING),
          column(CURSOR, BqType.Name.TIMESTAMP));

  private final BigQueryWarehouse warehouse;
  private final TableRef target;
  private final TableRef state;
  private final TableRef runs;
  private int jobs;

  /** A target that holds these rows, and that no run has merged into. */
  MergedTable(LocalGoogle google, String name, String... rows) {
    warehouse = google.warehouse(Duration.ofMinutes(1));
    target = new TableRef(LocalGoogle.PROJECT, "target", name);
    state = RunPlan.stateTable(LocalGoogle.PROJECT, "control", name);
    runs = RunPlan.runsTable(LocalGoogle.PROJECT, "control");
    warehouse.create(LedgerTables.runs(runs));
    warehouse.create(LedgerTables.state(state));
    query(LedgerTables.initialState(state).text());
    query("CREATE TABLE target.%s (id INT64, v STRING, stamp TIMESTAMP)".formatted(name));
    insert("target." + name, "id, v, stamp", rows);
  }

  /** How a run's rows count. */
  enum Kind {
    ONE_SNAPSHOT,
    SLICED
  }

  /** Merges what a run brings. */
  void merge(long seq, Kind kind, String... rows) {
    merge(seq, kind, rows.length, rows);
  }

  /**
   * The same of a run that has extracted another number of rows than its temp table holds.
   *
   * @param extracted that number
   */
  void merge(long seq, Kind kind, long extracted, String... rows) {
    TableRef temp = new TableRef(target.project(), "staging", target.table() + "__" + ++jobs);
    query(
        "CREATE TABLE staging.%s (id INT64, v STRING, stamp TIMESTAMP, _df_snapshot INT64)"
            .formatted(temp.table()));
    insert(
        "staging." + temp.table(),
        kind == Kind.SLICED ? "id, v, stamp, _df_snapshot" : "id, v, stamp",
        rows);
    MergeScript.Shape shape =
        new MergeScript.Shape(
            SyncMode.INCREMENTAL,
            target,
            temp,
            state,
            runs,
            MergeColumns.match(COLUMNS, List.of("id"), warehouse.describe(target).orElseThrow()),
            TableLayout.PLAIN,
            kind == Kind.SLICED,
            CURSOR,
            null);
    warehouse.runScript(
        "df_merge_" + temp.table(), MergeScript.of(shape, parameters(seq, extracted)));
  }

  /** As the target shows them. */
  List<String> rows() {
    return lines(
        "SELECT id, v, EXTRACT(HOUR FROM stamp) AS hour FROM target.%s ORDER BY id, v"
            .formatted(target.table()));
  }

  /** Which run the state shows as merged, and where the next one reads. */
  List<String> state() {
    return lines("SELECT seq, next_low FROM control." + state.table());
  }

  /** The runs of the ledger, with the rows that they merged. */
  List<String> runs() {
    return lines(
        "SELECT seq, rows_merged FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq"
            .formatted(target.table()));
  }

  private List<String> lines(String sql) {
    return query(sql).stream()
        .map(
            row ->
                row.values().stream()
                    .map(cell -> cell == null ? "-" : cell)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private List<Map<String, @Nullable String>> query(String sql) {
    return warehouse.query(Statement.of(sql));
  }

  private void insert(String table, String columns, String... rows) {
    if (rows.length > 0) {
      String values =
          Arrays.stream(rows).map(MergedTable::values).collect(Collectors.joining(", "));
      query("INSERT INTO %s (%s) VALUES %s".formatted(table, columns, values));
    }
  }

  private static String values(String row) {
    String[] cells = row.split(" ", -1);
    String hour =
        cells[2].equals("-") ? "NULL" : "TIMESTAMP '2026-11-20 %s:00:00+00'".formatted(cells[2]);
    String snapshot = cells.length > 3 ? ", " + cells[3] : "";
    return "(%s, '%s', %s%s)".formatted(cells[0], cells[1], hour, snapshot);
  }

  /** What the script takes from a run: each column of state and ledger has its value. */
  private Map<String, Statement.Value> parameters(long seq, long extracted) {
    Map<String, Statement.Value> values = new HashMap<>();
    for (NewTable table : List.of(LedgerTables.state(state), LedgerTables.runs(runs))) {
      for (WarehouseColumn column : table.columns()) {
        values.put(column.name(), any(column));
      }
    }
    values.put("table_name", new Statement.Text(target.table()));
    values.put("seq", new Statement.Int64(seq));
    values.put("rows_extracted", new Statement.Int64(extracted));
    values.put("next_low", new Statement.Text("low-" + seq));
    return values;
  }

  private static Statement.Value any(WarehouseColumn column) {
    return switch (column.type()) {
      case "INT64" -> new Statement.Int64(0L);
      case "TIMESTAMP" -> new Statement.Timestamp(Instant.EPOCH);
      default -> new Statement.Text(column.name());
    };
  }

  private static TypeMapping column(String name, BqType.Name type) {
    return new TypeMapping(name, BqType.of(type), LossPolicy.STRING, "{c}", null);
  }
}
