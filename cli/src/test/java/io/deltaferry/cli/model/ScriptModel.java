package io.deltaferry.cli.model;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.TableRef;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Does what the statements of a script say, one after the other, on tables of its own; what it does
 * not know of fails the test. The merger's scripts are all it knows.
 */
final class ScriptModel {
  private static final String KEY = "id";
  private static final String SNAPSHOT = "_df_snapshot";
  private static final Pattern PATH = Pattern.compile("`([^`]+)`\\.`([^`]+)`\\.`([^`]+)`");
  private static final Pattern ASSIGNED = Pattern.compile("(\\w+) = @(\\w+)");

  private final Map<TableRef, WarehouseModel.Table> tables;
  private final Map<TableRef, WarehouseModel.Table> changed = new HashMap<>();
  private final Map<String, Statement.Value> parameters;
  private final Sabotage sabotage;
  private boolean transaction;
  private long affected;

  /**
   * Takes the tables as they are now.
   *
   * @param parameters of the script
   */
  ScriptModel(
      Map<TableRef, WarehouseModel.Table> tables,
      Map<String, Statement.Value> parameters,
      Sabotage sabotage) {
    this.tables = tables;
    this.parameters = parameters;
    this.sabotage = sabotage;
  }

  /** The tables that its statements have changed. */
  Map<TableRef, WarehouseModel.Table> changed() {
    return changed;
  }

  boolean isTransaction() {
    return transaction;
  }

  void run(String statement) {
    String verb = statement.lines().findFirst().orElse("").replaceAll(" `.*| \\(.*", "");
    switch (verb) {
      case "BEGIN TRANSACTION" -> transaction = true;
      case "COMMIT TRANSACTION" -> affected = 0;
      case "UPDATE" -> update(statement);
      case "MERGE" -> merge(statement);
      case "INSERT INTO" -> insert(statement);
      default -> {
        if (!statement.startsWith("ASSERT ")) {
          throw new IllegalArgumentException("the model does not know " + statement);
        }
        hold(statement);
      }
    }
  }

  private void update(String statement) {
    boolean fence = statement.endsWith("WHERE seq < @seq") && sabotage != Sabotage.NO_FENCE;
    long seq = Long.parseLong(Objects.requireNonNull(value("seq")));
    affected = 0;
    List<Map<String, @Nullable String>> rows = new ArrayList<>();
    for (Map<String, @Nullable String> row : rows(statement)) {
      Map<String, @Nullable String> updated = new HashMap<>(row);
      if (!fence || Long.parseLong(Objects.requireNonNull(row.get("seq"))) < seq) {
        affected++;
        Matcher assigned = ASSIGNED.matcher(statement);
        while (assigned.find()) {
          updated.put(assigned.group(1), progress(assigned.group(2)));
        }
      }
      rows.add(updated);
    }
    replace(statement, rows);
  }

  private @Nullable String progress(String parameter) {
    boolean high = parameter.equals("next_low") && sabotage == Sabotage.LOW_IS_HIGH;
    return value(high ? "high" : parameter);
  }

  private void hold(String statement) {
    boolean holds;
    if (statement.contains("@@row_count = 1")) {
      holds = affected == 1;
    } else if (statement.startsWith("ASSERT NOT EXISTS")) {
      boolean perSnapshot = statement.contains(SNAPSHOT);
      List<String> keys =
          rows(statement).stream()
              .map(row -> row.get(KEY) + (perSnapshot ? "/" + row.get(SNAPSHOT) : ""))
              .toList();
      holds = keys.stream().distinct().count() == keys.size();
    } else {
      holds = sabotage == Sabotage.COUNTS_UNCHECKED || balances(statement);
    }
    if (!holds) {
      String text = statement.substring(statement.lastIndexOf("AS '") + 4, statement.length() - 1);
      throw new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, "Assertion failed: " + text);
    }
  }

  private boolean balances(String statement) {
    String extracted = Objects.requireNonNull(value("rows_extracted"));
    if (!statement.contains("rows_merged")) {
      return rows(statement).size() == Long.parseLong(extracted);
    }
    long expected =
        statement.contains("GROUP BY")
            ? byKey(rows(statement.substring(statement.lastIndexOf("FROM")))).size()
            : Long.parseLong(extracted);
    return statement.contains(") <= ") ? affected <= expected : affected == expected;
  }

  private static Map<String, List<Map<String, @Nullable String>>> byKey(
      List<Map<String, @Nullable String>> rows) {
    Function<Map<String, @Nullable String>, String> key = row -> String.valueOf(row.get(KEY));
    return rows.stream()
        .collect(Collectors.groupingBy(key, LinkedHashMap::new, Collectors.toList()));
  }

  private void merge(String statement) {
    if (statement.contains("SELECT 0 AS seq")) {
      replace(statement, rows(statement).isEmpty() ? List.of(Map.of("seq", "0")) : rows(statement));
      return;
    }
    if (!statement.contains("WHEN MATCHED THEN")) {
      throw new IllegalArgumentException("the model does not know " + statement);
    }
    List<Map<String, @Nullable String>> rows = new ArrayList<>(rows(statement));
    affected = 0;
    for (Map<String, @Nullable String> row : delta(statement)) {
      long there = rows.stream().filter(one -> isSame(one, row)).count();
      if (there == 0) {
        rows.add(row);
        affected++;
      }
      for (int i = 0; there > 0 && i < rows.size(); i++) {
        if (isSame(rows.get(i), row)) {
          rows.set(i, row);
          affected++;
        }
      }
    }
    replace(statement, rows);
  }

  /** The delta's rows, of each key the last snapshot's where the statement says so. */
  private List<Map<String, @Nullable String>> delta(String statement) {
    List<Map<String, @Nullable String>> all = rows(statement.substring(statement.indexOf("USING")));
    if (!statement.contains("QUALIFY")) {
      return all;
    }
    Comparator<Map<String, @Nullable String>> later =
        Comparator.<Map<String, @Nullable String>>comparingLong(
                row -> Long.parseLong(String.valueOf(row.get(SNAPSHOT))))
            .thenComparing(ScriptModel::cursor);
    return byKey(all).values().stream()
        .map(rows -> rows.stream().max(later).orElseThrow())
        .toList();
  }

  private static boolean isSame(
      Map<String, @Nullable String> one, Map<String, @Nullable String> other) {
    return Objects.equals(one.get(KEY), other.get(KEY));
  }

  private static String cursor(Map<String, @Nullable String> row) {
    return String.valueOf(row.get(WarehouseModel.CURSOR));
  }

  private void insert(String statement) {
    Map<String, @Nullable String> row = new HashMap<>();
    parameters.keySet().forEach(name -> row.put(name, value(name)));
    List<Map<String, @Nullable String>> rows = new ArrayList<>(rows(statement));
    rows.add(row);
    replace(statement, rows);
  }

  private @Nullable String value(String parameter) {
    Statement.Value value = Objects.requireNonNull(parameters.get(parameter), parameter);
    if (value instanceof Statement.Int64 number) {
      return number.value() == null ? null : Long.toString(number.value());
    }
    if (value instanceof Statement.Timestamp moment) {
      return moment.value() == null ? null : moment.value().toString();
    }
    return ((Statement.Text) value).value();
  }

  /** The rows of the first table that the text names. */
  private List<Map<String, @Nullable String>> rows(String text) {
    return table(text).rows();
  }

  private WarehouseModel.Table table(String text) {
    WarehouseModel.Table table = tables.get(ref(text));
    if (table == null) {
      throw new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "Not found: " + ref(text));
    }
    return table;
  }

  private static TableRef ref(String text) {
    Matcher path = PATH.matcher(text);
    if (!path.find()) {
      throw new IllegalArgumentException("no table in " + text);
    }
    return new TableRef(path.group(1), path.group(2), path.group(3));
  }

  private void replace(String text, List<Map<String, @Nullable String>> rows) {
    WarehouseModel.Table table = table(text).with(List.copyOf(rows));
    tables.put(ref(text), table);
    changed.put(ref(text), table);
  }
}
