package io.deltaferry.cli.holes;

import java.util.List;
import java.util.stream.Collectors;

/** What a table's target shows. */
record Landed(Line line) {
  /** Each column in order, with its type and whether it may be NULL. */
  List<String> columns() {
    return line.rows(
        """
        SELECT CONCAT(column_name, ' ', data_type, ' ', is_nullable)
        FROM target.INFORMATION_SCHEMA.COLUMNS WHERE table_name = '%s' ORDER BY ordinal_position""");
  }

  /** The rows by id, with a bar between their columns. */
  List<String> rows(String columns) {
    return rows(columns, "TRUE");
  }

  /** The same of some rows. */
  List<String> rows(String columns, String condition) {
    return line
        .bench
        .query(
            "SELECT %s FROM target.%s WHERE %s ORDER BY id"
                .formatted(columns, line.table, condition))
        .stream()
        .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining("|")))
        .toList();
  }

  /** Why the newest merged run read from where it did. */
  String lastReason() {
    return line.rows(
            "SELECT low_reason FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq DESC")
        .get(0);
  }
}
