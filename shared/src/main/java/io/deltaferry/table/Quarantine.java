package io.deltaferry.table;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The columns that came to the source after the target was made. Where somebody decides which
 * columns are seen, nobody has decided about these yet.
 */
public final class Quarantine {
  private Quarantine() {}

  /**
   * The columns to be left out, in the source's order.
   *
   * @param key the key's columns
   * @throws DeltaferryException KEY_INVALID when one of them is part of the primary key
   */
  public static List<String> of(
      TableConfig table, TableSchema schema, List<String> key, WarehouseTable target) {
    if (!table.privacy().isSet()) {
      return List.of();
    }
    Set<String> named = named(table);
    List<String> columns =
        schema.columns().stream()
            .map(Column::name)
            .filter(column -> !named.contains(column) && target.column(column).isEmpty())
            .toList();
    List<String> needed = columns.stream().filter(key::contains).toList();
    if (!needed.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "tables.%s: the primary key has the new column %s; list it under `include` or `hash`, and"
                  .formatted(table.name(), String.join(", ", needed))
              + " drop the target, whose rows do not have it");
    }
    return columns;
  }

  /** What the table file calls by name it knows. */
  private static Set<String> named(TableConfig table) {
    Set<String> named = new HashSet<>(table.privacy().exclude());
    named.addAll(table.privacy().hash());
    named.addAll(table.privacy().include());
    named.addAll(table.key());
    named.addAll(table.conversions().keySet());
    named.addAll(table.columns().keySet());
    if (table.cursor() != null) {
      named.add(table.cursor());
    }
    return named;
  }
}
