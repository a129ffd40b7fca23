package io.deltaferry.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A table, or a view, as BigQuery describes it now.
 *
 * @param created tells two tables of one name apart
 * @param query of a view; null of a table, which has rows of its own
 */
public record WarehouseTable(
    TableRef ref,
    Instant created,
    List<WarehouseColumn> columns,
    Map<String, String> labels,
    TableLayout layout,
    @Nullable String query) {
  public WarehouseTable {
    columns = List.copyOf(columns);
    labels = Map.copyOf(labels);
  }

  /** A table with rows of its own. */
  public WarehouseTable(
      TableRef ref,
      Instant created,
      List<WarehouseColumn> columns,
      Map<String, String> labels,
      TableLayout layout) {
    this(ref, created, columns, labels, layout, null);
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
