package io.deltaferry.sql;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The statements that find out how a delta is to be cut; pure text, run by others.
 *
 * @param rows the rows to be cut
 * @param order by which they are
 */
public record SlicingQuery(DeltaQuery rows, RowOrder order) {

  /**
   * Every n-th row's place but the first, in order: cursor, then key. One pass, along an index on
   * cursor and key where there is one. Rows of one cursor value are cut by their keys.
   *
   * <pre>
   * SELECT cursor::text, key::text, ..
   * FROM (SELECT cursor, key, .., row_number() OVER (ORDER BY cursor, key, ..) AS df_row FROM ..)
   * WHERE df_row % n = 1
   * </pre>
   *
   * @param every more than one
   */
  public String boundaries(long every) {
    return """
        SELECT %s
        FROM (
        SELECT %s, pg_catalog.row_number() OVER (ORDER BY %s) AS df_row
        %s) AS df_ordered
        WHERE df_row %% %d = 1 AND df_row > 1%s
        ORDER BY df_row"""
        .formatted(
            order.texts(), order.columns(), order.orderBy(), where(), every, onlyPlaces(" AND "));
  }

  /** One row, one column: how many rows have a place. */
  public String count() {
    return "SELECT pg_catalog.count(*)::text\n" + places();
  }

  /** The place of one row, counted from 0. */
  public String place(long position) {
    return """
        SELECT %s
        FROM (
        SELECT %s
        %sORDER BY %s
        OFFSET %d LIMIT 1
        ) AS df_ordered"""
        .formatted(order.texts(), order.columns(), places(), order.orderBy(), position);
  }

  /**
   * One row: how many rows satisfy none of the conditions, and how many more than one.
   *
   * @param conditions of the table file
   */
  public String proof(List<String> conditions) {
    String satisfied =
        conditions.stream()
            .map(condition -> "CASE WHEN (\n" + condition + "\n) THEN 1 ELSE 0 END")
            .collect(Collectors.joining("\n+ "));
    return """
        SELECT
          pg_catalog.count(*) FILTER (WHERE df_satisfied = 0),
          pg_catalog.count(*) FILTER (WHERE df_satisfied > 1)
        FROM (
        SELECT %s AS df_satisfied
        %s) AS df_counted"""
        .formatted(satisfied, where());
  }

  private String where() {
    return rows.fromWhere(Optional.empty());
  }

  private String places() {
    String places = order.hasPlace();
    return rows.fromWhere(places.isEmpty() ? Optional.empty() : Optional.of(places));
  }

  private String onlyPlaces(String joined) {
    String places = order.hasPlace();
    return places.isEmpty() ? "" : joined + places;
  }
}
