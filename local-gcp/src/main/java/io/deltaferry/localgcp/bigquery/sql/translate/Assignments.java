package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.CatalogTable.CatalogColumn;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Values on their way into a table's columns: coerced, rounded to the column's scale, checked
 * against its length.
 */
final class Assignments {
  private final CatalogTable table;
  private final Position position;

  Assignments(CatalogTable table, Position position) {
    this.table = table;
    this.position = position;
  }

  /** The columns named, or all of them when none is. */
  List<CatalogColumn> columns(List<String> names) {
    if (names.isEmpty()) {
      return table.columns();
    }
    List<CatalogColumn> columns = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw position.refuse("INSERT has columns with duplicate name: " + name);
      }
      columns.add(column(name, position));
    }
    return columns;
  }

  private CatalogColumn column(String name, Position place) {
    return table.columns().stream()
        .filter(column -> column.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () -> place.refuse("Column " + name + " is not present in table " + table.name()));
  }

  static String names(List<CatalogColumn> columns) {
    return String.join(
        ", ", columns.stream().map(column -> DuckText.identifier(column.name())).toList());
  }

  /** One inserted value. */
  String value(Typed value, CatalogColumn column) {
    TypeName declared = TypeName.parse(column.type());
    TypeName type = Types.plain(declared);
    if (!Coercion.possible(value, type)) {
      throw position.refuse(
          "Value has type "
              + value.type()
              + " which cannot be inserted into column "
              + column.name()
              + ", which has type "
              + type);
    }
    String sql = ColumnLimits.cast(Coercion.sql(value, type), declared);
    return type instanceof TypeName.Array ? array(sql, type, column.name()) : sql;
  }

  /** An array column has no NULL: it reads as the empty array. Nor has it one inside. */
  private static String array(String sql, TypeName type, String name) {
    String refusal =
        DuckText.literal("Array cannot have a null element; error in writing field " + name);
    return "CASE WHEN len(list_filter(%1$s, lambda x: x IS NULL)) > 0 THEN CAST(gsql_raise(%2$s) AS %3$s) ELSE coalesce(%1$s, []) END"
        .formatted(sql, refusal, Types.duck(type));
  }

  /**
   * The query with its columns made those given, by position: of exactly their names and types. As
   * many as the query has.
   */
  String select(Queries.Result query, List<CatalogColumn> columns) {
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      CatalogColumn column = columns.get(i);
      Relation.Column output = query.columns().get(i);
      names.add("c" + i);
      String value = value(new Typed("c" + i, output.type(), output.literal(), false), column);
      values.add(
          "CAST("
              + value
              + " AS "
              + Types.duck(Types.plain(TypeName.parse(column.type())))
              + ") AS "
              + DuckText.identifier(column.name()));
    }
    return "SELECT "
        + String.join(", ", values)
        + " FROM ("
        + query.sql()
        + ") AS q("
        + String.join(", ", names)
        + ")";
  }

  /** {@code column = value, ..} of an UPDATE. */
  String set(List<Statement.Assignment> assignments, Expressions expressions, String alias) {
    List<String> parts = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Statement.Assignment assignment : assignments) {
      CatalogColumn column = target(assignment, alias);
      if (!seen.add(column.name())) {
        throw assignment
            .position()
            .refuse("Update item " + column.name() + " assigned more than once");
      }
      String value =
          assignment.value() instanceof Expr.Default
              ? "DEFAULT"
              : value(expressions.write(assignment.value()), column);
      parts.add(DuckText.identifier(column.name()) + " = " + value);
    }
    return String.join(", ", parts);
  }

  private CatalogColumn target(Statement.Assignment assignment, String alias) {
    List<String> path = assignment.column();
    boolean qualified = path.size() > 1 && path.get(0).equalsIgnoreCase(alias);
    if (path.size() > (qualified ? 2 : 1)) {
      throw assignment.position().unsupported("UPDATE of a field inside a STRUCT");
    }
    return column(path.get(path.size() - 1), assignment.position());
  }
}
