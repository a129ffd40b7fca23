package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.Locale;

/** *_TRUNC and LAST_DAY: where a part begins and ends. */
final class DateTruncations {
  private DateTruncations() {}

  static Typed write(DateCall call) {
    call.takes(2, 3);
    Typed point = call.point();
    TypeName type = point.type();
    String part = call.part(1);
    boolean zoned = call.call().arguments().size() == 3;
    if (zoned && !type.equals(Types.TIMESTAMP)) {
      throw call.call().position().refuse("Only TIMESTAMP_TRUNC takes a time zone");
    }
    if (type.equals(Types.TIME)) {
      return Typed.of(time(call, point.sql(), part), type);
    }
    if (type.equals(Types.DATE) && DateParts.ofTime(part)) {
      throw call.invalid(part);
    }
    if (!type.equals(Types.TIMESTAMP)) {
      String cut = start(call, "CAST(" + point.sql() + " AS TIMESTAMP)", part);
      return Typed.of("CAST(" + cut + " AS " + Types.duck(type) + ")", type);
    }
    String zone = zoned ? "gsql_zone(" + call.value(2, Types.STRING) + ")" : "'UTC'";
    String cut = start(call, "timezone(" + zone + ", " + point.sql() + ")", part);
    return Typed.of("timezone(" + zone + ", " + cut + ")", type);
  }

  private static String time(DateCall call, String value, String part) {
    if (!DateParts.ofTime(part)) {
      throw call.invalid(part);
    }
    Long length = DateParts.length(part);
    return "gsql_time_of(gsql_floor_div(epoch_us(" + value + "), " + length + ") * " + length + ")";
  }

  private static String start(DateCall call, String local, String part) {
    if (part.startsWith("WEEK")) {
      // DuckDB's weeks start on Monday.
      int days = (DateParts.weekday(part, call.call().position()) + 6) % 7;
      return "(date_trunc('week', " + local + " - to_days(" + days + ")) + to_days(" + days + "))";
    }
    return switch (part) {
      case "ISOWEEK" -> "date_trunc('week', " + local + ")";
      case "MICROSECOND",
          "MILLISECOND",
          "SECOND",
          "MINUTE",
          "HOUR",
          "DAY",
          "MONTH",
          "QUARTER",
          "YEAR",
          "ISOYEAR" ->
          "date_trunc('" + part.toLowerCase(Locale.ROOT) + "', " + local + ")";
      default -> throw call.invalid(part);
    };
  }

  static Typed lastDay(DateCall call) {
    call.takes(1, 2);
    String part = call.call().arguments().size() > 1 ? call.part(1) : "MONTH";
    String value = "CAST(" + call.point().sql() + " AS TIMESTAMP)";
    String next =
        switch (part) {
          case "MONTH" -> start(call, value, part) + " + to_months(1)";
          case "QUARTER" -> start(call, value, part) + " + to_months(3)";
          case "YEAR" -> start(call, value, part) + " + to_years(1)";
          // It has 364 or 371 days, and 371 after its start the next one has begun.
          case "ISOYEAR" -> start(call, start(call, value, part) + " + to_days(371)", part);
          default -> {
            if (!part.startsWith("WEEK") && !part.equals("ISOWEEK")) {
              throw call.invalid(part);
            }
            yield start(call, value, part) + " + to_days(7)";
          }
        };
    return Typed.of("CAST(" + next + " - to_days(1) AS DATE)", Types.DATE);
  }
}
