package io.deltaferry.sql;

import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TableRef;
import io.deltaferry.type.CursorKind;

/** The largest cursor of a target, written as PostgreSQL writes it in UTC. */
public final class MaxCursor {
  /** %F would write the year 1, to which -infinity is clamped, with one digit. */
  private static final String STAMP = "%E4Y-%m-%d %H:%M:%E6S";

  private MaxCursor() {}

  /**
   * One row, one column {@code max_cursor}: text, or NULL for a target without a cursor value.
   *
   * @param column the target's cursor column, of a type that casts to the kind's
   */
  public static Statement of(TableRef target, String column, CursorKind kind) {
    return of(target, TableLayout.PLAIN, column, kind);
  }

  /**
   * The same.
   *
   * @param layout of the target
   */
  public static Statement of(TableRef target, TableLayout layout, String column, CursorKind kind) {
    return Statement.of(
        "SELECT "
            + text(column, kind)
            + " AS max_cursor FROM "
            + BqIdentifier.of(target.project(), target.dataset(), target.table()).sql()
            + EveryPartition.where(layout));
  }

  /** The largest value of a column, as {@link CursorKind} writes it. */
  static String text(String column, CursorKind kind) {
    String value = BqIdentifier.quote(column);
    return switch (kind) {
      case TIMESTAMPTZ ->
          "FORMAT_TIMESTAMP('" + STAMP + "+00', MAX(CAST(" + value + " AS TIMESTAMP)))";
      case TIMESTAMP -> "FORMAT_DATETIME('" + STAMP + "', MAX(CAST(" + value + " AS DATETIME)))";
      case DATE -> "CAST(MAX(CAST(" + value + " AS DATE)) AS STRING)";
      case SMALLINT, INTEGER, BIGINT, XID8 -> "CAST(MAX(CAST(" + value + " AS INT64)) AS STRING)";
    };
  }
}
