package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.ReconcileSettings.Deletes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Rows of the target whose key is not in the delta, which has all keys of the source, are deleted;
 * those whose key is back are alive again.
 *
 * <pre>
 * INSERT sync_runs ..              with the numbers, from one join of both sides' keys
 * ASSERT                           no more rows go than may
 * ASSERT                           each key of the source stands once in the target, or is missing
 * MERGE target USING temp ..       WHEN NOT MATCHED BY SOURCE
 * ASSERT @@row_count               those were the rows counted before
 * </pre>
 *
 * <p>The numbers are taken before anything changes: afterwards nobody could tell which rows a
 * DELETE took.
 */
record DeleteLostRows(MergeScript.Shape shape, Deletion deletion) implements DataChange {
  private static final String TARGET = UpsertRows.TARGET;

  @Override
  public List<String> checks() {
    return List.of(delta().complete(), delta().uniqueKeys());
  }

  @Override
  public List<String> statements() {
    return List.of();
  }

  @Override
  public String change() {
    return merge();
  }

  @Override
  public Map<String, String> counts() {
    return Map.of(
        "rows_merged", "rows_deleted + rows_revived",
        "rows_compared", "rows_compared",
        "rows_deleted", "rows_deleted",
        "rows_revived", "rows_revived",
        "keys_missing", "keys_missing");
  }

  @Override
  public String countedFrom() {
    return "FROM (\n" + comparison(shape, deletion).indent(2) + ")";
  }

  @Override
  public List<String> balances() {
    List<String> after = new ArrayList<>();
    after.add(guard(shape, deletion));
    if (!deletion.copies()) {
      after.add(balance());
    }
    after.add(change());
    after.add(
        "ASSERT @@row_count = %s AS 'COUNTS_DIFFER: rows deleted and revived are not those counted before'"
            .formatted(counted(shape, "rows_merged")));
    return after;
  }

  /**
   * One row of numbers: what a reconciliation would do.
   *
   * <p>A row that says already that it is deleted is compared only where it would go for good.
   */
  static String comparison(MergeScript.Shape shape, Deletion deletion) {
    DeltaRows delta = new DeltaRows(shape);
    MergeColumn key = delta.keys().get(0);
    String there = TARGET + "." + BqIdentifier.quote(key.target()) + " IS NOT NULL";
    String here = MergeColumns.DELTA + "." + BqIdentifier.quote(key.source()) + " IS NULL";
    String marked = marked(shape);
    String compared =
        deletion.deletes() == Deletes.HARD ? there : there + " AND NOT (" + marked + ")";
    return """
        SELECT
          COUNTIF(%1$s) AS rows_compared,
          COUNTIF(%1$s AND %2$s) AS rows_deleted,
          COUNTIF(%3$s AND NOT (%2$s)) AS rows_revived,
          COUNTIF(NOT (%4$s)) AS keys_missing
        FROM (SELECT * FROM %5$s) AS %6$s
        FULL JOIN %7$s AS %8$s
        ON %9$s"""
        .formatted(
            compared,
            here,
            marked,
            there,
            MergeScript.path(shape.target()) + EveryPartition.where(shape.layout()),
            TARGET,
            delta.from(),
            MergeColumns.DELTA,
            delta.matched(TARGET));
  }

  /** Whether a row of the target says already that it is deleted. */
  static String marked(MergeScript.Shape shape) {
    return shape.columns().deletable() ? TARGET + "." + MergeColumns.DELETED + " IS TRUE" : "FALSE";
  }

  /** No more rows go than may. */
  static String guard(MergeScript.Shape shape, Deletion deletion) {
    MaxDeletes most = deletion.maxDeletes();
    String number = most.number().toPlainString();
    return """
        ASSERT (
          SELECT %s FROM %s WHERE table_name = @table_name AND seq = @seq
        ) AS 'DELETES_REFUSED: more rows would be deleted than max_deletes allows'"""
        .formatted(
            most.share()
                ? "rows_deleted * 100 <= rows_compared * NUMERIC '" + number + "'"
                : "rows_deleted <= " + number,
            MergeScript.path(shape.runs()));
  }

  private String balance() {
    String matched =
        deletion.deletes() == Deletes.HARD
            ? "rows_compared - rows_deleted"
            : "rows_compared - rows_deleted + rows_revived";
    return """
        ASSERT %s = @rows_extracted \
        AS 'COUNTS_DIFFER: keys compared are not the keys extracted; does the target hold a key twice?'"""
        .formatted(counted(shape, matched + " + keys_missing"));
  }

  /** What the ledger has of this run. */
  static String counted(MergeScript.Shape shape, String what) {
    return """
        (
          SELECT %s FROM %s WHERE table_name = @table_name AND seq = @seq
        )"""
        .formatted(what, MergeScript.path(shape.runs()));
  }

  private String merge() {
    List<String> clauses = new ArrayList<>();
    String marked = TARGET + "." + MergeColumns.DELETED;
    if (shape.columns().deletable()) {
      clauses.add(
          "WHEN MATCHED AND %s THEN\n  UPDATE SET %s"
              .formatted(marked, String.join(", ", MergeColumns.ALIVE)));
    }
    clauses.add(
        switch (deletion.deletes()) {
          case HARD -> "WHEN NOT MATCHED BY SOURCE THEN\n  DELETE";
          case SOFT ->
              "WHEN NOT MATCHED BY SOURCE AND %s IS NOT TRUE THEN\n  UPDATE SET %s = TRUE, %s = CURRENT_TIMESTAMP()"
                  .formatted(marked, MergeColumns.DELETED, MergeColumns.DELETED_AT);
        });
    return """
        MERGE %s AS %s
        USING %s AS %s
        ON %s
        %s"""
        .formatted(
            MergeScript.path(shape.target()),
            TARGET,
            delta().from(),
            MergeColumns.DELTA,
            delta().matched(TARGET),
            clauses.stream().collect(Collectors.joining("\n")));
  }

  private DeltaRows delta() {
    return new DeltaRows(shape);
  }
}
