package io.deltaferry.table;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A table to be created.
 *
 * @param expires when BigQuery drops it by itself, or null for never
 */
public record NewTable(
    TableRef ref,
    List<WarehouseColumn> columns,
    Map<String, String> labels,
    @Nullable Instant expires,
    String description,
    TableLayout layout) {
  public NewTable {
    columns = List.copyOf(columns);
    labels = Map.copyOf(labels);
  }

  /** A table whose rows are kept anywhere. */
  public NewTable(
      TableRef ref,
      List<WarehouseColumn> columns,
      Map<String, String> labels,
      @Nullable Instant expires,
      String description) {
    this(ref, columns, labels, expires, description, TableLayout.PLAIN);
  }
}
