package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import io.deltaferry.table.ReconcileSettings.Deletes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Keys that a log tells of: those with a row are merged, and alive; those without one are deleted,
 * where the target has them at all. A delta that tells nothing has all rows of the source, and
 * whatever else the target has is deleted.
 *
 * <pre>
 * INSERT sync_runs ..              with the numbers, from one join of both sides
 * ASSERT                           no more rows go than may, where nothing was told
 * ASSERT                           each row of the delta stands once in the target, or is new
 * MERGE target USING temp ..
 * ASSERT @@row_count               those were the rows counted before
 * </pre>
 */
record ApplyChanges(MergeScript.Shape shape, Deletion deletion) implements DataChange {
  private static final String TARGET = UpsertRows.TARGET;

  private static final String TOLD =
      MergeColumns.DELTA + "." + BqIdentifier.quote(DeltaQuery.DELETED_COLUMN);

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
        "rows_merged", "rows_upserted + rows_deleted",
        "rows_compared", "rows_compared",
        "rows_deleted", "rows_deleted",
        "rows_revived", "rows_revived");
  }

  @Override
  public String countedFrom() {
    return "FROM (\n" + comparison().indent(2) + ")";
  }

  @Override
  public List<String> balances() {
    List<String> after = new ArrayList<>();
    if (!deletion.told()) {
      after.add(DeleteLostRows.guard(shape, deletion));
    }
    after.add(
        """
        ASSERT %s %s %s \
        AS 'COUNTS_DIFFER: rows merged are not the rows extracted; does the target hold a key twice?'"""
            .formatted(
                DeleteLostRows.counted(shape, "rows_merged - rows_deleted"),
                updates().isEmpty() ? "<=" : "=",
                alive()));
    after.add(change());
    after.add(
        "ASSERT @@row_count = %s AS 'COUNTS_DIFFER: rows merged and deleted are not those counted before'"
            .formatted(DeleteLostRows.counted(shape, "rows_merged")));
    return after;
  }

  /** As many rows of the delta are there. */
  private String alive() {
    return deletion.told()
        ? "(SELECT COUNTIF(NOT %s) FROM %s)"
            .formatted(
                BqIdentifier.quote(DeltaQuery.DELETED_COLUMN), MergeScript.path(shape.temp()))
        : delta().expected();
  }

  /** One row of numbers, taken before anything changes. */
  private String comparison() {
    String there = key(TARGET, MergeColumn::target) + " IS NOT NULL";
    String marked = DeleteLostRows.marked(shape);
    String deleted =
        deletion.deletes() == Deletes.HARD ? there : there + " AND NOT (" + marked + ")";
    return """
        SELECT
          COUNTIF(NOT (%1$s)%2$s) AS rows_upserted,
          COUNTIF(%3$s) AS rows_compared,
          COUNTIF(%1$s AND %3$s) AS rows_deleted,
          COUNTIF(NOT (%1$s) AND %4$s) AS rows_revived
        FROM %5$s"""
        .formatted(
            gone(), updates().isEmpty() ? " AND NOT (" + there + ")" : "", deleted, marked, both());
  }

  private String gone() {
    return deletion.told() ? TOLD : key(MergeColumns.DELTA, MergeColumn::source) + " IS NULL";
  }

  private String key(String side, Function<MergeColumn, String> name) {
    return side + "." + BqIdentifier.quote(name.apply(delta().keys().get(0)));
  }

  private String both() {
    return """
        %1$s AS %2$s
        %3$s (SELECT * FROM %4$s) AS %5$s
        ON %6$s"""
        .formatted(
            delta().from(),
            MergeColumns.DELTA,
            deletion.told() ? "LEFT JOIN" : "FULL JOIN",
            MergeScript.path(shape.target()) + EveryPartition.where(shape.layout()),
            TARGET,
            delta().matched(TARGET));
  }

  private List<String> updates() {
    return new UpsertRows(shape).updates();
  }

  private String merge() {
    List<String> clauses = new ArrayList<>();
    String told = deletion.told() ? " AND NOT " + TOLD : "";
    if (!updates().isEmpty()) {
      clauses.add(
          "WHEN MATCHED%s THEN\n  UPDATE SET %s".formatted(told, String.join(", ", updates())));
    }
    clauses.add(
        "WHEN NOT MATCHED%s THEN\n%s"
            .formatted(told, new UpsertRows(shape).insert().indent(2).stripTrailing()));
    clauses.add(lost());
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
            String.join("\n", clauses));
  }

  /** What becomes of rows that are gone. */
  private String lost() {
    String matched = deletion.told() ? "WHEN MATCHED AND " + TOLD : "WHEN NOT MATCHED BY SOURCE";
    return switch (deletion.deletes()) {
      case HARD -> matched + " THEN\n  DELETE";
      case SOFT ->
          "%s AND %s.%s IS NOT TRUE THEN\n  UPDATE SET %s = TRUE, %s = %s"
              .formatted(
                  matched,
                  TARGET,
                  MergeColumns.DELETED,
                  MergeColumns.DELETED,
                  MergeColumns.DELETED_AT,
                  deletedAt());
    };
  }

  private String deletedAt() {
    return deletion.told()
        ? "COALESCE(%s.%s, CURRENT_TIMESTAMP())"
            .formatted(MergeColumns.DELTA, BqIdentifier.quote(DeltaQuery.DELETED_AT_COLUMN))
        : "CURRENT_TIMESTAMP()";
  }

  private DeltaRows delta() {
    return new DeltaRows(shape);
  }
}
