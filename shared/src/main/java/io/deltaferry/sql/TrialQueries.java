package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is asked of a temp table to see whether a merge would go well; changes nothing. */
public record TrialQueries(MergeScript.Shape shape) {
  /** The column of the one row that answers {@link #duplicates}. */
  public static final String DUPLICATES = "duplicates";

  /**
   * Makes every value what the target would hold, one count a column; fails where one cannot be
   * made.
   */
  public Statement conversions() {
    List<MergeColumn> columns = shape.columns().columns();
    String counts =
        IntStream.range(0, columns.size())
            .mapToObj(i -> "COUNTIF(" + columns.get(i).value() + " IS NULL) AS nulls_" + i)
            .collect(Collectors.joining(",\n  "));
    return Statement.of(
        """
        SELECT
          %s
        FROM %s AS %s"""
            .formatted(counts, new DeltaRows(shape).all(), MergeColumns.DELTA));
  }

  /** One row: how many keys stand more than once, as the target would hold them. */
  public Statement duplicates() {
    String keys =
        shape.columns().columns().stream()
            .filter(MergeColumn::key)
            .map(MergeColumn::value)
            .collect(Collectors.joining(", "));
    return Statement.of(
        """
        SELECT COUNT(*) AS %s
        FROM (SELECT 1 FROM %s AS %s GROUP BY %s HAVING COUNT(*) > 1)"""
            .formatted(DUPLICATES, MergeScript.path(shape.temp()), MergeColumns.DELTA, keys));
  }

  /** The statement that would change the target, to be planned and not to be run. */
  public Statement change() {
    return Statement.of(shape.change().change());
  }

  /**
   * The same while there is no temp table yet: of a delta that is one row of NULLs.
   *
   * @param delta its columns
   */
  public Statement changeBeforehand(List<TypeMapping> delta) {
    List<String> items = new ArrayList<>();
    delta.forEach(column -> items.add(none(column.stagedType().sql(), column.name())));
    Deletion deletion = shape.deletion();
    if (deletion != null && deletion.told()) {
      items.add(none("BOOL", DeltaQuery.DELETED_COLUMN));
      items.add(none("TIMESTAMP", DeltaQuery.DELETED_AT_COLUMN));
    }
    String row = "(SELECT " + String.join(", ", items) + ")";
    return Statement.of(change().text().replace(MergeScript.path(shape.temp()), row));
  }

  private static String none(String type, String column) {
    return "CAST(NULL AS %s) AS %s".formatted(type, BqIdentifier.quote(column));
  }
}
