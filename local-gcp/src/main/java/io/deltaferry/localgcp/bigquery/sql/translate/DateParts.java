package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Functions that take a date part or an interval: EXTRACT, *_ADD, *_SUB, *_DIFF, *_TRUNC, LAST_DAY.
 */
final class DateParts {
  private static final Pattern FUNCTION =
      Pattern.compile("(DATE|DATETIME|TIME|TIMESTAMP)_(ADD|SUB|DIFF|TRUNC)");
  private static final Set<String> DATE_PARTS =
      Set.of("DAY", "WEEK", "ISOWEEK", "MONTH", "QUARTER", "YEAR", "ISOYEAR");
  private static final Set<String> TIME_PARTS =
      Set.of("MICROSECOND", "MILLISECOND", "SECOND", "MINUTE", "HOUR");
  // In microseconds.
  private static final long DAY = 86_400_000_000L;
  private static final Map<String, Long> LENGTHS =
      Map.of(
          "MICROSECOND",
          1L,
          "MILLISECOND",
          1_000L,
          "SECOND",
          1_000_000L,
          "MINUTE",
          60_000_000L,
          "HOUR",
          3_600_000_000L,
          "DAY",
          86_400_000_000L);
  private static final List<String> WEEKDAYS =
      List.of("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY");

  private final Expressions expressions;

  DateParts(Expressions expressions) {
    this.expressions = expressions;
  }

  static boolean knows(Expr.Call call) {
    return FUNCTION.matcher(call.name()).matches()
        || call.name().equals("LAST_DAY")
        || (call.name().equals("GENERATE_DATE_ARRAY") && call.arguments().size() == 3);
  }

  Typed write(Expr.Call call) {
    if (call.name().equals("LAST_DAY")) {
      return lastDay(call);
    }
    if (call.name().equals("GENERATE_DATE_ARRAY")) {
      return dates(call);
    }
    Matcher matcher = FUNCTION.matcher(call.name());
    if (!matcher.matches()) {
      throw new IllegalStateException(call.name());
    }
    TypeName type = new TypeName.Scalar(matcher.group(1), List.of());
    return switch (matcher.group(2)) {
      case "ADD" -> add(call, type, "+");
      case "SUB" -> add(call, type, "-");
      case "DIFF" -> difference(call, type);
      default -> truncate(call, type);
    };
  }

  private Expr argument(Expr.Call call, int index, int least, int most) {
    if (call.arguments().size() < least || call.arguments().size() > most) {
      throw call.position()
          .refuse(
              "No matching signature for function "
                  + call.name()
                  + ": it takes "
                  + least
                  + (most > least ? " or " + most : "")
                  + " arguments");
    }
    return call.arguments().get(index);
  }

  private String value(Expr.Call call, Expr argument, TypeName type) {
    Typed typed = expressions.write(argument);
    if (!Coercion.possible(typed, type)) {
      // TIMESTAMP_DIFF and TIMESTAMP_TRUNC and their kin take each other's types in BigQuery only
      // where gated.
      throw Operators.noMatch("function " + call.name(), List.of(typed.type()), call.position());
    }
    return Coercion.sql(typed, type);
  }

  private Typed add(Expr.Call call, TypeName type, String sign) {
    if (!(argument(call, 1, 2, 2) instanceof Expr.Interval interval)) {
      throw call.position()
          .unsupported(call.name() + " with an interval that is not written INTERVAL n PART");
    }
    TypeName base = operandType(call, type);
    String value = value(call, call.arguments().get(0), base);
    String amount = expressions.integer(interval.amount(), "INTERVAL");
    String part = interval.part();
    boolean time = TIME_PARTS.contains(part);
    boolean allowed =
        switch (type.toString()) {
          case "DATE" -> DATE_PARTS.contains(part) && !part.startsWith("ISO");
          case "DATETIME" -> time || (DATE_PARTS.contains(part) && !part.startsWith("ISO"));
          case "TIME" -> time;
          default -> time || part.equals("DAY");
        };
    if (!allowed) {
      throw invalid(call.name(), part, interval.position());
    }
    String sum = value + " " + sign + " " + duckInterval(part, amount);
    if (base.equals(Types.DATE)) {
      return Typed.of("CAST(gsql_in_range(" + sum + ") AS DATE)", Types.DATE);
    }
    String checked = base.equals(Types.TIME) ? "(" + sum + ")" : "gsql_in_range(" + sum + ")";
    return Typed.of(checked, base);
  }

  // DATE_ADD and its kin also take a DATETIME or a TIMESTAMP and keep its type.
  private TypeName operandType(Expr.Call call, TypeName declared) {
    TypeName actual = expressions.write(call.arguments().get(0)).type();
    boolean other = Set.of(Types.DATE, Types.DATETIME, Types.TIMESTAMP).contains(actual);
    return other && !declared.equals(Types.TIME) && !Types.coerces(actual, declared)
        ? actual
        : declared;
  }

  Typed interval(Expr.Interval interval) {
    String amount = expressions.integer(interval.amount(), "INTERVAL");
    if (!TIME_PARTS.contains(interval.part())
        && (!DATE_PARTS.contains(interval.part()) || interval.part().startsWith("ISO"))) {
      throw invalid("INTERVAL", interval.part(), interval.position());
    }
    return Typed.of(duckInterval(interval.part(), amount), Types.INTERVAL);
  }

  private static String duckInterval(String part, String amount) {
    return switch (part) {
      case "MICROSECOND" -> "to_microseconds(" + amount + ")";
      case "MILLISECOND" -> "to_microseconds(" + amount + " * 1000)";
      case "SECOND" -> "to_microseconds(" + amount + " * 1000000)";
      case "MINUTE" -> "to_minutes(" + amount + ")";
      case "HOUR" -> "to_hours(" + amount + ")";
      case "DAY" -> "to_days(CAST(" + amount + " AS INTEGER))";
      case "WEEK" -> "to_days(CAST(" + amount + " * 7 AS INTEGER))";
      case "MONTH" -> "to_months(CAST(" + amount + " AS INTEGER))";
      case "QUARTER" -> "to_months(CAST(" + amount + " * 3 AS INTEGER))";
      default -> "to_years(CAST(" + amount + " AS INTEGER))";
    };
  }

  private static io.deltaferry.localgcp.http.GoogleError invalid(
      String function, String part, Position position) {
    return position.refuse(function + " does not support the " + part + " date part");
  }

  private String part(Expr.Call call, int index) {
    Expr argument = argument(call, index, index, index + 2);
    if (argument instanceof Expr.Path path && path.names().size() == 1) {
      return path.names().get(0).toUpperCase(Locale.ROOT);
    }
    if (argument instanceof Expr.Call week
        && week.name().equals("WEEK")
        && week.arguments().size() == 1
        && week.arguments().get(0) instanceof Expr.Path day) {
      return "WEEK(" + day.names().get(0).toUpperCase(Locale.ROOT) + ")";
    }
    throw call.position().refuse("A valid date part name is required");
  }

  private static int weekday(String part, Position position) {
    int day = part.equals("WEEK") ? 0 : WEEKDAYS.indexOf(part.substring(5, part.length() - 1));
    if (day < 0) {
      throw position.refuse("A valid date part name is required");
    }
    return day;
  }

  private Typed difference(Expr.Call call, TypeName type) {
    argument(call, 2, 3, 3);
    TypeName base = operandType(call, type);
    String a = value(call, call.arguments().get(0), base);
    String b = value(call, call.arguments().get(1), base);
    String part = part(call, 2);
    Long length = LENGTHS.get(part);
    boolean calendar = base.equals(Types.DATE) || base.equals(Types.DATETIME);
    if (length != null && (!calendar || (base.equals(Types.DATETIME) && length < DAY))) {
      if (base.equals(Types.TIME) && part.equals("DAY")) {
        throw invalid(call.name(), part, call.position());
      }
      return Typed.of(span(a, b, base, length), Types.INT64);
    }
    if (!calendar || (length != null && !part.equals("DAY"))) {
      throw invalid(call.name(), part, call.position());
    }
    return Typed.of(calendar(call, a, b, part), Types.INT64);
  }

  // TIMESTAMP_DIFF counts whole parts, DATETIME_DIFF and TIME_DIFF the boundaries between them.
  private static String span(String a, String b, TypeName base, long length) {
    if (base.equals(Types.TIMESTAMP)) {
      return "((epoch_us(" + a + ") - epoch_us(" + b + ")) // " + length + ")";
    }
    return "(gsql_floor_div(epoch_us("
        + a
        + "), "
        + length
        + ") - gsql_floor_div(epoch_us("
        + b
        + "), "
        + length
        + "))";
  }

  private static String calendar(Expr.Call call, String a, String b, String part) {
    if (part.startsWith("WEEK")) {
      // Days since a Sunday, moved so that the week's first day starts a block of seven.
      int shift = 4 - weekday(part, call.position());
      return "(gsql_floor_div(gsql_days("
          + a
          + ") + "
          + shift
          + ", 7) - gsql_floor_div(gsql_days("
          + b
          + ") + "
          + shift
          + ", 7))";
    }
    return switch (part) {
      case "DAY" -> "(gsql_days(" + a + ") - gsql_days(" + b + "))";
      case "ISOWEEK" ->
          "(gsql_floor_div(gsql_days("
              + a
              + ") + 3, 7) - gsql_floor_div(gsql_days("
              + b
              + ") + 3, 7))";
      case "MONTH" -> "(gsql_months(" + a + ") - gsql_months(" + b + "))";
      case "QUARTER" -> "(gsql_months(" + a + ") // 3 - gsql_months(" + b + ") // 3)";
      case "YEAR" -> "(year(" + a + ") - year(" + b + "))";
      case "ISOYEAR" -> "(isoyear(" + a + ") - isoyear(" + b + "))";
      default -> throw invalid(call.name(), part, call.position());
    };
  }

  private Typed truncate(Expr.Call call, TypeName type) {
    argument(call, 1, 2, 3);
    TypeName base = operandType(call, type);
    String value = value(call, call.arguments().get(0), base);
    String part = part(call, 1);
    boolean zoned = call.arguments().size() == 3;
    if (zoned && !base.equals(Types.TIMESTAMP)) {
      throw call.position().refuse("Only TIMESTAMP_TRUNC takes a time zone");
    }
    if (base.equals(Types.TIME)) {
      if (!TIME_PARTS.contains(part)) {
        throw invalid(call.name(), part, call.position());
      }
      return Typed.of(
          "gsql_time_of(gsql_floor_div(epoch_us("
              + value
              + "), "
              + LENGTHS.get(part)
              + ") * "
              + LENGTHS.get(part)
              + ")",
          base);
    }
    if (base.equals(Types.DATE) && TIME_PARTS.contains(part)) {
      throw invalid(call.name(), part, call.position());
    }
    String zone =
        zoned
            ? "gsql_zone("
                + Coercion.sql(expressions.write(call.arguments().get(2)), Types.STRING)
                + ")"
            : "'UTC'";
    String local =
        base.equals(Types.TIMESTAMP)
            ? "timezone(" + zone + ", " + value + ")"
            : "CAST(" + value + " AS TIMESTAMP)";
    String cut = cut(call, local, part);
    return Typed.of(
        base.equals(Types.TIMESTAMP)
            ? "timezone(" + zone + ", " + cut + ")"
            : "CAST(" + cut + " AS " + Types.duck(base) + ")",
        base);
  }

  private static String cut(Expr.Call call, String local, String part) {
    if (part.startsWith("WEEK")) {
      // DuckDB's weeks start on Monday.
      int days = (weekday(part, call.position()) + 6) % 7;
      return "(date_trunc('week', " + local + " - to_days(" + days + ")) + to_days(" + days + "))";
    }
    return switch (part) {
      case "ISOWEEK" -> "date_trunc('week', " + local + ")";
      case "ISOYEAR" -> "date_trunc('isoyear', " + local + ")";
      case "MICROSECOND",
          "MILLISECOND",
          "SECOND",
          "MINUTE",
          "HOUR",
          "DAY",
          "MONTH",
          "QUARTER",
          "YEAR" ->
          "date_trunc('" + part.toLowerCase(Locale.ROOT) + "', " + local + ")";
      default -> throw invalid(call.name(), part, call.position());
    };
  }

  Typed extract(Expr.Extract extract) {
    Typed operand = expressions.write(extract.operand());
    TypeName type = operand.type();
    String value = operand.sql();
    Expr zone = extract.zone();
    if (type.equals(Types.TIMESTAMP)) {
      String name =
          zone == null
              ? "'UTC'"
              : "gsql_zone(" + Coercion.sql(expressions.write(zone), Types.STRING) + ")";
      value = "timezone(" + name + ", " + value + ")";
    } else if (zone != null || !Set.of(Types.DATE, Types.DATETIME, Types.TIME).contains(type)) {
      throw Operators.noMatch("function EXTRACT", List.of(type), extract.position());
    }
    String part = extract.part();
    boolean dateOnly = type.equals(Types.DATE);
    boolean timeOnly = type.equals(Types.TIME);
    if ((dateOnly && (TIME_PARTS.contains(part) || part.equals("TIME") || part.equals("DATE")))
        || (timeOnly && !TIME_PARTS.contains(part))) {
      throw invalid("EXTRACT from " + type, part, extract.position());
    }
    return extracted(extract, value, part);
  }

  private static Typed extracted(Expr.Extract extract, String value, String part) {
    if (part.equals("DATE") || part.equals("TIME")) {
      return Typed.of(
          "CAST(" + value + " AS " + part + ")", part.equals("DATE") ? Types.DATE : Types.TIME);
    }
    if (part.startsWith("WEEK")) {
      // Days before the year's first such weekday are week 0.
      int day = weekday(part, extract.position());
      return Typed.of(
          "gsql_floor_div(dayofyear("
              + value
              + ") + 6 - (dayofweek("
              + value
              + ") - "
              + day
              + " + 7) % 7, 7)",
          Types.INT64);
    }
    String sql =
        switch (part) {
          case "MICROSECOND" -> "(microsecond(" + value + ") % 1000000)";
          case "MILLISECOND" -> "(microsecond(" + value + ") % 1000000 // 1000)";
          case "DAYOFWEEK" -> "(dayofweek(" + value + ") + 1)";
          case "DAYOFYEAR" -> "dayofyear(" + value + ")";
          case "ISOWEEK" -> "weekofyear(" + value + ")";
          case "ISOYEAR" -> "isoyear(" + value + ")";
          case "SECOND", "MINUTE", "HOUR", "DAY", "MONTH", "QUARTER", "YEAR" ->
              part.toLowerCase(Locale.ROOT) + "(" + value + ")";
          default -> throw extract.position().refuse("A valid date part name is required");
        };
    return Typed.of("CAST(" + sql + " AS BIGINT)", Types.INT64);
  }

  private Typed lastDay(Expr.Call call) {
    String part = call.arguments().size() > 1 ? part(call, 1) : "MONTH";
    TypeName type = expressions.write(argument(call, 0, 1, 2)).type();
    String value =
        value(call, call.arguments().get(0), type.equals(Types.DATETIME) ? type : Types.DATE);
    String start = cut(call, "CAST(" + value + " AS TIMESTAMP)", part);
    String length =
        switch (part) {
          case "MONTH" -> "to_months(1)";
          case "QUARTER" -> "to_months(3)";
          case "YEAR" -> "to_years(1)";
          default -> {
            if (!part.startsWith("WEEK") && !part.equals("ISOWEEK")) {
              throw invalid(call.name(), part, call.position());
            }
            yield "to_days(7)";
          }
        };
    return Typed.of("CAST(" + start + " + " + length + " - to_days(1) AS DATE)", Types.DATE);
  }

  private Typed dates(Expr.Call call) {
    if (!(call.arguments().get(2) instanceof Expr.Interval interval)
        || !DATE_PARTS.contains(interval.part())
        || interval.part().startsWith("ISO")) {
      throw call.position().refuse("GENERATE_DATE_ARRAY wants INTERVAL n with a date part");
    }
    String step = duckInterval(interval.part(), expressions.integer(interval.amount(), "INTERVAL"));
    String from = value(call, call.arguments().get(0), Types.DATE);
    String to = value(call, call.arguments().get(1), Types.DATE);
    return Typed.of(
        "CAST(generate_series(CAST("
            + from
            + " AS TIMESTAMP), CAST("
            + to
            + " AS TIMESTAMP), "
            + step
            + ") AS DATE[])",
        new TypeName.Array(Types.DATE));
  }
}
