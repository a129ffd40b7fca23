package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr.Literal;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in FROM with its columns.
 *
 * @param alias its name, or null when it has none in GoogleSQL
 * @param value what the alias alone means, or null
 */
record Relation(@Nullable String alias, List<Column> columns, @Nullable Typed value) {
  Relation {
    columns = List.copyOf(columns);
  }

  /**
   * A column with the DuckDB text that names it.
   *
   * @param literal the literal a query's output column is, or null
   */
  record Column(String name, String sql, TypeName type, @Nullable Literal literal) {
    Column(String name, String sql, TypeName type) {
      this(name, sql, type, null);
    }
  }

  /** A table or subquery known to DuckDB by a name. */
  static Relation of(@Nullable String alias, String duckAlias, List<Column> output) {
    List<Column> columns =
        output.stream()
            .map(
                column ->
                    new Column(
                        column.name(),
                        DuckText.identifier(duckAlias) + "." + DuckText.identifier(column.name()),
                        column.type()))
            .toList();
    TypeName row =
        new TypeName.Struct(
            output.stream().map(c -> new TypeName.Member(c.name(), c.type())).toList());
    return new Relation(alias, columns, Typed.of(DuckText.identifier(duckAlias), row));
  }
}
