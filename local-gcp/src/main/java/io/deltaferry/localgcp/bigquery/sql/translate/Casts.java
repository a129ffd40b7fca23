package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.Map;
import java.util.Set;

/** What CAST does, for each pair of types BigQuery allows. */
final class Casts {
  private static final Map<String, String> TEMPLATES = Resource.pairs("casts.txt");

  // A literal becomes one of these by its text, not by way of the nearest float.
  private static final Set<TypeName> EXACT = Set.of(Types.NUMERIC, Types.BIGNUMERIC);

  private Casts() {}

  /** The cast of a value whose types allow it. */
  static String sql(String value, TypeName from, TypeName to) {
    String template = TEMPLATES.get(from + " " + to);
    if (template == null) {
      throw new IllegalStateException("no cast from " + from + " to " + to);
    }
    return template.replace("$1", value);
  }

  /** CAST or SAFE_CAST as written, with the target's parameters. */
  static Typed write(Typed value, TypeName declared, boolean safe, Position position) {
    TypeName to = Types.plain(declared);
    String sql = ColumnLimits.cast(plain(value, to, position), declared);
    return Typed.of(safe ? "TRY(" + sql + ")" : sql, to);
  }

  private static String plain(Typed value, TypeName to, Position position) {
    TypeName from = value.type();
    if (from.equals(to) || from.equals(Types.NULL)) {
      return Coercion.sql(value, to);
    }
    if (value.literal() != null && from.equals(Types.FLOAT64) && EXACT.contains(to)) {
      return sql(DuckText.literal(value.literal().value()), Types.STRING, to);
    }
    if (TEMPLATES.containsKey(from + " " + to)) {
      return sql(value.sql(), from, to);
    }
    if (!(from instanceof TypeName.Scalar) && Coercion.possible(value, to)) {
      return Coercion.sql(value, to);
    }
    throw position.refuse("Invalid cast from " + from + " to " + to);
  }
}
