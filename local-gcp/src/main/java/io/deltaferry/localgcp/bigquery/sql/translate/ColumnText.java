package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.bigquery.sql.TableName;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Statement;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A column's declaration: for the catalog, and for DuckDB, where an array is never NULL. */
final class ColumnText {
  private final Session session;
  private final OptionValues options;

  ColumnText(Session session) {
    this.session = session;
    this.options = new OptionValues(session.instant());
  }

  Definition.Column definition(Statement.ColumnSpec column) {
    Object description = options.values(column.options()).get("description");
    return new Definition.Column(
        column.name(),
        column.type().toString(),
        column.required(),
        column.defaultSql(),
        description == null ? null : description.toString());
  }

  /** In a list of columns. */
  String declared(Statement.ColumnSpec column) {
    return added(column) + (isNotNull(column) ? " NOT NULL" : "");
  }

  /** In ADD COLUMN, where DuckDB takes no constraint. */
  String added(Statement.ColumnSpec column) {
    String defaultValue = defaultValue(column);
    return DuckText.identifier(column.name())
        + " "
        + Types.duck(Types.plain(column.type()))
        + (defaultValue == null ? "" : " DEFAULT " + defaultValue);
  }

  /** What gives a column of a table that exists the rest of its declaration. */
  List<String> constraints(TableName table, Statement.ColumnSpec column) {
    return constraints(table, column.name(), defaultValue(column), isNotNull(column));
  }

  /** The same for a column that only its type is known of. */
  static List<String> arrayConstraints(TableName table, Definition.Column column) {
    return TypeName.parse(column.type()) instanceof TypeName.Array
        ? constraints(table, column.name(), "[]", true)
        : List.of();
  }

  private static List<String> constraints(
      TableName table, String column, @Nullable String defaultValue, boolean notNull) {
    String head =
        "ALTER TABLE " + table.duckName() + " ALTER COLUMN " + DuckText.identifier(column);
    List<String> statements = new ArrayList<>();
    if (defaultValue != null) {
      statements.add(head + " SET DEFAULT " + defaultValue);
    }
    if (notNull) {
      statements.add(head + " SET NOT NULL");
    }
    return statements;
  }

  private static boolean isNotNull(Statement.ColumnSpec column) {
    return column.required() || column.type() instanceof TypeName.Array;
  }

  private @Nullable String defaultValue(Statement.ColumnSpec column) {
    Expr expression = column.defaultValue();
    if (expression == null) {
      return column.type() instanceof TypeName.Array ? "[]" : null;
    }
    Typed value = new Expressions(session.lasting(), new Scope(null)).write(expression);
    TypeName type = Types.plain(column.type());
    if (!Coercion.possible(value, type)) {
      throw column
          .position()
          .refuse(
              "Default value of type " + value.type() + " does not coerce to column type " + type);
    }
    return "(" + ColumnLimits.cast(Coercion.sql(value, type), column.type()) + ")";
  }
}
