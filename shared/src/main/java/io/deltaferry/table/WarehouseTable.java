package io.deltaferry.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A table as BigQuery describes it now.
 *
 * @param created tells two tables of one name apart
 */
public record WarehouseTable(
    TableRef ref,
    Instant created,
    List<WarehouseColumn> columns,
    Map<String, String> labels,
    TableLayout layout) {
  public WarehouseTable {
    columns = List.copyOf(columns);
    labels = Map.copyOf(labels);
  }

  /** A table whose rows are kept anywhere. */
  public WarehouseTable(
      TableRef ref, Instant created, List<WarehouseColumn> columns, Map<String, String> labels) {
    this(ref, created, columns, labels, TableLayout.PLAIN);
  }

  /** The column of this name; BigQuery's column names have no case. */
  public Optional<WarehouseColumn> column(String name) {
    return columns.stream().filter(column -> column.name().equalsIgnoreCase(name)).findFirst();
  }
}
