package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;

/** Type parameters: what NUMERIC(10, 2) and STRING(5) do to a value. */
final class ColumnLimits {
  private ColumnLimits() {}

  /**
   * The value rounded and checked as CAST to the type does, and storing in such a column; as it is
   * when the type has no parameters.
   */
  static String cast(String sql, TypeName declared) {
    if (!(declared instanceof TypeName.Scalar type) || type.parameters().isEmpty()) {
      return sql;
    }
    List<Integer> limits = type.parameters();
    int first = limits.get(0);
    int scale = limits.size() > 1 ? limits.get(1) : 0;
    return switch (type.name()) {
      case "NUMERIC" -> "gsql_numeric_limit(" + sql + ", " + first + ", " + scale + ")";
      case "BIGNUMERIC" -> "gsql_bignumeric_limit(" + sql + ", " + first + ", " + scale + ")";
      case "STRING" -> "gsql_string_limit(" + sql + ", " + first + ")";
      case "BYTES" -> "gsql_bytes_limit(" + sql + ", " + first + ")";
      default -> throw new IllegalStateException("no parameters for " + type.name());
    };
  }
}
