package io.deltaferry.sql;

import io.deltaferry.table.NewTable;
import io.deltaferry.table.Partitioning;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.WarehouseColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The table that a first run would make, as a statement for whoever wants to make it beforehand.
 *
 * <pre>
 * CREATE TABLE IF NOT EXISTS path (
 *   column type [NOT NULL] [OPTIONS (description)], ..
 * )
 * [PARTITION BY ..]
 * [CLUSTER BY ..]
 * OPTIONS (description, labels [, require_partition_filter])
 * </pre>
 */
public final class CreateTable {
  private CreateTable() {}

  /** The statement, with a semicolon. */
  public static String of(NewTable table) {
    List<String> clauses = new ArrayList<>();
    clauses.add(
        "CREATE TABLE IF NOT EXISTS %s (\n  %s\n)"
            .formatted(
                MergeScript.path(table.ref()),
                table.columns().stream()
                    .map(column -> column(column, table.columnDescriptions()))
                    .collect(Collectors.joining(",\n  "))));
    TableLayout layout = table.layout();
    Partitioning partitioning = layout.partitioning();
    if (partitioning != null) {
      clauses.add("PARTITION BY " + partition(partitioning, table.columns()));
    }
    if (!layout.clustering().isEmpty()) {
      clauses.add(
          "CLUSTER BY "
              + layout.clustering().stream()
                  .map(BqIdentifier::quote)
                  .collect(Collectors.joining(", ")));
    }
    clauses.add("OPTIONS (\n  " + String.join(",\n  ", options(table)) + "\n)");
    return String.join("\n", clauses) + ";";
  }

  private static String column(WarehouseColumn column, Map<String, String> descriptions) {
    String description = descriptions.get(column.name());
    return BqIdentifier.quote(column.name())
        + " "
        + column.type()
        + (column.required() ? " NOT NULL" : "")
        + (description == null
            ? ""
            : " OPTIONS (description = " + TableOptions.text(description) + ")");
  }

  private static String partition(Partitioning partitioning, List<WarehouseColumn> columns) {
    String name = partitioning.column();
    if (name == null) {
      return "_PARTITIONDATE";
    }
    String column = BqIdentifier.quote(name);
    Partitioning.Range range = partitioning.range();
    Partitioning.Granularity granularity = partitioning.granularity();
    if (range != null) {
      return "RANGE_BUCKET(%s, GENERATE_ARRAY(%s, %s, %s))"
          .formatted(column, range.start(), range.end(), range.interval());
    }
    String type =
        columns.stream()
            .filter(candidate -> candidate.name().equalsIgnoreCase(name))
            .map(WarehouseColumn::type)
            .findFirst()
            .orElse("TIMESTAMP");
    return type.equals("DATE") && granularity == Partitioning.Granularity.DAY
        ? column
        : "%s_TRUNC(%s, %s)".formatted(type, column, granularity);
  }

  private static List<String> options(NewTable table) {
    List<String> options = new ArrayList<>(TableOptions.of(table.description(), table.labels()));
    if (table.layout().partitionFilter()) {
      options.add("require_partition_filter = TRUE");
    }
    return options;
  }
}
