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
    String description) {
  public NewTable {
    columns = List.copyOf(columns);
    labels = Map.copyOf(labels);
  }
}
