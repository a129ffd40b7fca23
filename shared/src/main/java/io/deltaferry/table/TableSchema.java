package io.deltaferry.table;

import io.deltaferry.config.NearestName;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.type.MappingOptions;
import io.deltaferry.type.PgType;
import io.deltaferry.type.TypeMapping;
import io.deltaferry.type.TypeMappings;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

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
    if (!columns.stream().map(Column::name).toList().containsAll(key)) {
      throw new IllegalArgumentException("key columns are columns of the table");
    }
  }

  public Optional<Column> column(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).findFirst();
  }

  /** The same source without these columns; the fingerprint stays that of all. */
  public TableSchema without(Collection<String> names) {
    return new TableSchema(
        columns.stream().filter(column -> !names.contains(column.name())).toList(),
        key,
        fingerprint);
  }

  /**
   * How the columns travel, in the source's order.
   *
   * @param exclude names of columns that never leave the database
   * @throws DeltaferryException COLUMN_MISSING, NAME_INVALID, TYPE_UNSUPPORTED, KEY_INVALID or
   *     TABLE_FILE_INVALID, naming all offenders at once
   */
  public List<TypeMapping> mappings(Collection<String> exclude, MappingOptions options) {
    Map<String, PgType> types = new LinkedHashMap<>();
    columns.stream()
        .filter(column -> !exclude.contains(column.name()))
        .forEach(column -> types.put(column.name(), column.type()));
    requireAll(exclude, names());
    requireAll(options.keys(), types.keySet());
    requireAll(options.hashed().columns(), types.keySet());
    requireAll(options.policies().keySet(), types.keySet());
    requireAll(options.columns().keySet(), types.keySet());
    return TypeMappings.of(types, options);
  }

  private Set<String> names() {
    Set<String> names = new LinkedHashSet<>();
    columns.forEach(column -> names.add(column.name()));
    return names;
  }

  private static String nearest(String name, Set<String> present) {
    return NearestName.of(name, present).map(" (did you mean '%s'?)"::formatted).orElse("");
  }

  private static void requireAll(Collection<String> named, Set<String> present) {
    List<String> missing = named.stream().filter(name -> !present.contains(name)).sorted().toList();
    if (!missing.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.COLUMN_MISSING,
          "the table file names columns that the source does not have, or that are excluded: %s;"
                  .formatted(
                      missing.stream()
                          .map(name -> name + nearest(name, present))
                          .collect(Collectors.joining(", ")))
              + " the source has "
              + String.join(", ", present));
    }
  }
}
