package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** EXTRACT. */
final class DateExtracts {
  private static final Set<String> NOT_OF_DATE = Set.of("DATE", "TIME", "DATETIME");

  private DateExtracts() {}

  static Typed write(Expr.Extract extract, Expressions expressions) {
    Typed operand = expressions.write(extract.operand());
    TypeName type = operand.type();
    String part = extract.part();
    Expr zone = extract.zone();
    if (type.equals(Types.TIMESTAMP)) {
      return extracted(extract, local(operand, zone, expressions), part);
    }
    if (zone != null || !Set.of(Types.DATE, Types.DATETIME, Types.TIME).contains(type)) {
      throw Operators.noMatch("function EXTRACT", List.of(type), extract.position());
    }
    boolean clock = DateParts.ofTime(part);
    boolean possible =
        type.equals(Types.DATE)
            ? !clock && !NOT_OF_DATE.contains(part)
            : type.equals(Types.TIME) ? clock : !part.equals("DATETIME");
    if (!possible) {
      throw DateParts.invalid("EXTRACT from " + type, part, extract.position());
    }
    return extracted(extract, operand.sql(), part);
  }

  private static String local(Typed timestamp, @Nullable Expr zone, Expressions expressions) {
    String name =
        zone == null
            ? "'UTC'"
            : "gsql_zone(" + Coercion.sql(expressions.write(zone), Types.STRING) + ")";
    return "timezone(" + name + ", " + timestamp.sql() + ")";
  }

  private static Typed extracted(Expr.Extract extract, String value, String part) {
    if (part.startsWith("WEEK")) {
      // Days before the year's first such weekday are week 0.
      int day = DateParts.weekday(part, extract.position());
      String since = "(dayofweek(" + value + ") - " + day + " + 7) % 7";
      return Typed.of(
          "gsql_floor_div(dayofyear(" + value + ") + 6 - " + since + ", 7)", Types.INT64);
    }
    return switch (part) {
      case "DATETIME" -> Typed.of(value, Types.DATETIME);
      case "DATE" -> Typed.of("CAST(" + value + " AS DATE)", Types.DATE);
      case "TIME" -> Typed.of("CAST(" + value + " AS TIME)", Types.TIME);
      case "MICROSECOND" -> number("(microsecond(" + value + ") % 1000000)");
      case "MILLISECOND" -> number("(microsecond(" + value + ") % 1000000 // 1000)");
      case "DAYOFWEEK" -> number("(dayofweek(" + value + ") + 1)");
      case "ISOWEEK" -> number("weekofyear(" + value + ")");
      case "DAYOFYEAR", "ISOYEAR", "SECOND", "MINUTE", "HOUR", "DAY", "MONTH", "QUARTER", "YEAR" ->
          number(part.toLowerCase(Locale.ROOT) + "(" + value + ")");
      default -> throw DateParts.unknown(extract.position());
    };
  }

  private static Typed number(String sql) {
    return Typed.of("CAST(" + sql + " AS BIGINT)", Types.INT64);
  }
}
