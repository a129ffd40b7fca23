package io.deltaferry.sql;

import io.deltaferry.table.TableLayout;
import java.util.Optional;

/**
 * What a statement says of the partitions of a table that requires a filter on them, and that it
 * reads as a whole: true of each row, and of the form that BigQuery accepts.
 */
final class EveryPartition {
  private EveryPartition() {}

  /**
   * A condition to be added to others, or nothing.
   *
   * @param alias of the table
   */
  static String and(TableLayout layout, String alias) {
    return layout
        .filtered()
        .map(column -> alias + "." + BqIdentifier.quote(column))
        .map(column -> " AND (%1$s IS NULL OR %1$s IS NOT NULL)".formatted(column))
        .orElse("");
  }

  /** A clause of its own, or nothing. */
  static String where(TableLayout layout) {
    return of(layout).map(condition -> " WHERE " + condition).orElse("");
  }

  /** The condition alone; empty where none is needed. */
  static Optional<String> of(TableLayout layout) {
    return layout
        .filtered()
        .map(BqIdentifier::quote)
        .map(column -> "(%1$s IS NULL OR %1$s IS NOT NULL)".formatted(column));
  }
}
