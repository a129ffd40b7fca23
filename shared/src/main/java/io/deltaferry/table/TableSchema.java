package io.deltaferry.table;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The structure of a source as the catalog shows it.
 *
 * @param columns in the source's order
 * @param key the primary key's columns in key order; empty when there is none
 * @param fingerprint a hash over names, types and nullability of all columns, in order
 */
public record TableSchema(List<Column> columns, List<String> key, String fingerprint) {
  public TableSchema {
    columns = List.copyOf(columns);
    key = List.copyOf(key);
    Set<String> names = new HashSet<>();
    columns.forEach(column -> names.add(column.name()));
    if (!names.containsAll(key)) {
      throw new IllegalArgumentException("key columns are columns of the table");
    }
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }
}
