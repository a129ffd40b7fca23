package io.deltaferry.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table to be created.
 *
 * @param expires when BigQuery drops it by itself, or null for never
 * @param columnDescriptions by column; one without is absent
 */
public record NewTable(
    TableRef ref,
    List<WarehouseColumn> columns,
    Map<String, String> labels,
    @Nullable Instant expires,
    String description,
    TableLayout layout,
    Map<String, String> columnDescriptions) {
  public NewTable {
    columns = List.copyOf(columns);
    labels = Map.copyOf(labels);
    columnDescriptions = Map.copyOf(columnDescriptions);
  }

  /** A table whose rows are kept anywhere. */
  public NewTable(
      TableRef ref,
      List<WarehouseColumn> columns,
      Map<String, String> labels,
      @Nullable Instant expires,
      String description) {
    this(ref, columns, labels, expires, description, TableLayout.PLAIN, Map.of());
  }

  /** A table whose columns speak for themselves. */
  public NewTable(
      TableRef ref,
      List<WarehouseColumn> columns,
      Map<String, String> labels,
      @Nullable Instant expires,
      String description,
      TableLayout layout) {
    this(ref, columns, labels, expires, description, layout, Map.of());
  }

  /** The table as BigQuery describes it once it is made. */
  public WarehouseTable made(Instant at) {
    return new WarehouseTable(ref, at, columns, labels, layout);
  }
}
