package io.deltaferry.cli.discover;

import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.Column;
import java.util.List;
import java.util.stream.Stream;

/** Which columns identify a row, here and in BigQuery. */
final class KeyGuess {
  private final CatalogTable table;

  KeyGuess(CatalogTable table) {
    this.table = table;
  }

  /**
   * The primary key, or else the narrowest unique index, that BigQuery can have. A primary key that
   * it cannot have stays where nothing can stand in for it: that needs a decision. Empty for none.
   */
  List<String> best() {
    List<String> primary = table.schema().key();
    return Stream.concat(Stream.of(primary), table.uniqueKeys().stream())
        .filter(key -> !key.isEmpty() && refusals(key).isEmpty())
        .findFirst()
        .orElse(primary);
  }

  /** Why no unique index can be the key, a line each. */
  List<String> refusals() {
    return table.uniqueKeys().stream()
        .map(
            key ->
                "the unique index over %s cannot be the key: %s"
                    .formatted(String.join(", ", key), String.join("; ", refusals(key))))
        .toList();
  }

  private List<String> refusals(List<String> key) {
    return table.schema().columns().stream()
        .filter((Column column) -> key.contains(column.name()))
        .flatMap(column -> Refusal.of(column, key).stream())
        .toList();
  }
}
