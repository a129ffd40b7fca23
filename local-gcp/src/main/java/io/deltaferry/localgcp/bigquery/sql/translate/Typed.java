package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr.Literal;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import org.jspecify.annotations.Nullable;

/**
 * An expression as DuckDB text with its GoogleSQL type.
 *
 * @param literal the literal it was written as, or null: literals coerce further than other values
 * @param parameter whether it is a bare parameter: a STRING one coerces as a literal does
 */
record Typed(String sql, TypeName type, @Nullable Literal literal, boolean parameter) {
  static Typed of(String sql, TypeName type) {
    return new Typed(sql, type, null, false);
  }
}
