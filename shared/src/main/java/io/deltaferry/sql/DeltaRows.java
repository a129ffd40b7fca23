package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import java.util.List;
import java.util.stream.Collectors;

/** The delta as it lies in the temp table, and what has to hold of it. */
record DeltaRows(MergeScript.Shape shape) {
  private static final String ALL = "*";

  private static final String SNAPSHOT =
      MergeColumns.DELTA + "." + BqIdentifier.quote(DeltaQuery.SNAPSHOT_COLUMN);

  /** Its rows; of a key that several snapshots show, what the last of them shows. */
  String from() {
    if (!isByKey()) {
      return all();
    }
    String keys = keys().stream().map(MergeColumn::group).collect(Collectors.joining(", "));
    return """
        (
          SELECT %6$s FROM %1$s AS %2$s
          WHERE TRUE
          QUALIFY ROW_NUMBER() OVER (
            PARTITION BY %3$s ORDER BY %4$s DESC%5$s
          ) = 1
        )"""
        .formatted(temp(), MergeColumns.DELTA, keys, SNAPSHOT, thenCursor(), items());
  }

  /** All rows, of whatever snapshot. */
  String all() {
    String items = items();
    return items.equals(ALL)
        ? temp()
        : """
          (
            SELECT %s FROM %s AS %s
          )"""
            .formatted(items, temp(), MergeColumns.DELTA);
  }

  /** All columns, with arrays in the place of their JSON. */
  private String items() {
    String rows =
        shape.columns().columns().stream()
            .filter(column -> column.row() != null)
            .map(column -> column.row() + " AS " + BqIdentifier.quote(column.source()))
            .collect(Collectors.joining(", "));
    return rows.isEmpty() ? ALL : ALL + " REPLACE (" + rows + ")";
  }

  private String thenCursor() {
    String cursor = shape.cursor();
    return cursor == null
        ? ""
        : ", " + MergeColumns.DELTA + "." + BqIdentifier.quote(cursor) + " DESC";
  }

  /** A table that is all key has nothing to update, and could not tell such rows from lost ones. */
  String complete() {
    return """
        ASSERT (SELECT COUNT(*) FROM %s) = @rows_extracted \
        AS 'COUNTS_DIFFER: the temp table does not hold the rows extracted'"""
        .formatted(temp());
  }

  /**
   * As the target will hold them: a cast can make one key of two. Another snapshot may well show
   * the key once more.
   */
  String uniqueKeys() {
    return """
        ASSERT NOT EXISTS (
          SELECT 1 FROM %s AS %s
          GROUP BY %s HAVING COUNT(*) > 1
        ) AS 'KEY_DUPLICATED: a key stands more than once in one snapshot of the source'"""
        .formatted(
            temp(), MergeColumns.DELTA, shape.sliced() ? values() + ", " + SNAPSHOT : values());
  }

  /**
   * The rows that the ledger has are as many as the rows or keys of the delta.
   *
   * @param exact false where they may be fewer
   * @param hint what may be wrong, as the end of a sentence
   */
  String balance(boolean exact, String hint) {
    return """
        ASSERT (
          SELECT rows_merged FROM %s WHERE table_name = @table_name AND seq = @seq
        ) %s %s AS 'COUNTS_DIFFER: rows merged are not the %s extracted%s'"""
        .formatted(
            MergeScript.path(shape.runs()),
            exact ? "=" : "<=",
            expected(),
            isByKey() ? "keys" : "rows",
            hint);
  }

  /** As many rows as it brings. */
  String expected() {
    return isByKey() ? keyCount() : "@rows_extracted";
  }

  private boolean isByKey() {
    return shape.sliced() && !keys().isEmpty();
  }

  private String keyCount() {
    return """
        (
          SELECT COUNT(*) FROM (SELECT 1 FROM %s AS %s GROUP BY %s)
        )"""
        .formatted(temp(), MergeColumns.DELTA, values());
  }

  /** Whether a row of the target has the key of one of the delta. */
  String matched(String target) {
    return keys().stream()
            .map(key -> target + "." + BqIdentifier.quote(key.target()) + " = " + key.value())
            .collect(Collectors.joining(" AND "))
        + EveryPartition.and(shape.layout(), target);
  }

  List<MergeColumn> keys() {
    return shape.columns().columns().stream().filter(MergeColumn::key).toList();
  }

  private String values() {
    return keys().stream().map(MergeColumn::value).collect(Collectors.joining(", "));
  }

  private String temp() {
    return MergeScript.path(shape.temp());
  }
}
