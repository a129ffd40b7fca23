package io.deltaferry.sql;

import io.deltaferry.sql.Statement.Text;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.CursorKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How many rows each side has of each day, and the largest cursor of them.
 *
 * <p>The first and the last day that BigQuery knows count as no date: it shows what lies beyond
 * them, and infinity, as these.
 */
public final class DayCounts {
  private DayCounts() {}

  /**
   * PostgreSQL: day, count, newest; all as text. One scan, which an index on the column makes one
   * of the window alone.
   *
   * @param rows whose cursor is the column with the days
   * @param newest the table's cursor, or null
   */
  public static String ofSource(DeltaQuery rows, @Nullable Cursor newest) {
    Cursor column = rows.cursor();
    if (column == null) {
      throw new IllegalArgumentException("days need a column");
    }
    return """
        SELECT
          CASE WHEN %s THEN (%s::pg_catalog.date)::text END,
          count(*)::text,
          %s
        %sGROUP BY 1"""
        .formatted(
            dated(column),
            column.sql(),
            newest == null ? "NULL::text" : newest(newest),
            rows.fromWhere(Optional.empty()));
  }

  private static String newest(Cursor cursor) {
    // Before PostgreSQL 16 xid8 has no max().
    return cursor.kind() == CursorKind.XID8
        ? "max(" + cursor.sql() + "::text::numeric)::text"
        : "(max("
            + cursor.sql()
            + ") FILTER (WHERE "
            + cursor.kind().ordered(cursor.sql())
            + "))::text";
  }

  private static String dated(Cursor column) {
    String zone =
        switch (column.kind()) {
          case TIMESTAMPTZ -> " 00:00:00+00";
          case TIMESTAMP -> " 00:00:00";
          case DATE, SMALLINT, INTEGER, BIGINT, XID8 -> "";
        };
    return column.sql()
        + " >= "
        + column.kind().literal("0001-01-02" + zone)
        + " AND "
        + column.sql()
        + " < "
        + column.kind().literal("9999-12-31" + zone);
  }

  /** PostgreSQL: the rows that have no date, as a condition. */
  public static String undated(Cursor column) {
    return "(" + dated(column) + ") IS NOT TRUE";
  }

  /**
   * BigQuery: df_day, row_count, newest. A literal window prunes a target that is partitioned by
   * the column.
   *
   * @param marks whether rows may say that they are deleted
   */
  public static Statement ofTarget(
      WarehouseTable target, Cursor column, Window window, @Nullable Cursor newest, boolean marks) {
    String type = type(column.kind());
    String value = "CAST(" + BqIdentifier.quote(column.column()) + " AS " + type + ")";
    String day = "CAST(" + value + " AS DATE)";
    Map<String, Statement.Value> parameters = new LinkedHashMap<>();
    List<String> conditions = new ArrayList<>();
    if (window.low() != null) {
      conditions.add(value + " >= CAST(@low AS " + type + ")");
      parameters.put("low", new Text(window.low()));
    }
    if (window.high() != null) {
      conditions.add(value + " < CAST(@high AS " + type + ")");
      parameters.put("high", new Text(window.high()));
    }
    if (marks && MergeColumns.isDeletable(target, Set.of())) {
      conditions.add(BqIdentifier.quote(MergeColumns.DELETED) + " IS NOT TRUE");
    }
    EveryPartition.of(target.layout()).ifPresent(conditions::add);
    String sql =
        """
        SELECT
          CASE WHEN %1$s > DATE '0001-01-01' AND %1$s < DATE '9999-12-31'
            THEN CAST(%1$s AS STRING) END AS df_day,
          COUNT(*) AS row_count,
          %2$s AS newest
        FROM %3$s
        %4$sGROUP BY df_day"""
            .formatted(
                day,
                newest == null
                    ? "CAST(NULL AS STRING)"
                    : MaxCursor.text(newest.column(), newest.kind()),
                MergeScript.path(target.ref()),
                conditions.isEmpty() ? "" : "WHERE " + String.join("\n  AND ", conditions) + "\n");
    return new Statement(sql, parameters);
  }

  private static String type(CursorKind kind) {
    return switch (kind) {
      case TIMESTAMPTZ -> "TIMESTAMP";
      case TIMESTAMP -> "DATETIME";
      case DATE -> "DATE";
      case SMALLINT, INTEGER, BIGINT, XID8 ->
          throw new IllegalArgumentException(kind + " has no days");
    };
  }
}
