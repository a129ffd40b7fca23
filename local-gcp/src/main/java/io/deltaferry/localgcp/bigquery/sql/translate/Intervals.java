package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;

/** INTERVAL as a value and as an argument: *_ADD, *_SUB and GENERATE_DATE_ARRAY. */
final class Intervals {
  private Intervals() {}

  static Typed write(Expr.Interval interval, Expressions expressions) {
    if (!DateParts.addable(interval.part(), Types.DATETIME)) {
      throw DateParts.invalid("INTERVAL", interval.part(), interval.position());
    }
    return Typed.of(text(interval, expressions), Types.INTERVAL);
  }

  static Typed added(DateCall call, String sign) {
    call.takes(2, 2);
    Typed point = call.point();
    TypeName type = point.type();
    Expr.Interval interval = interval(call, 1);
    if (!DateParts.addable(interval.part(), type)) {
      throw call.invalid(interval.part());
    }
    String sum = point.sql() + " " + sign + " " + text(interval, call.expressions());
    return Typed.of(type.equals(Types.TIME) ? "(" + sum + ")" : inRange(sum, type), type);
  }

  /** The sum of a point in time and an interval, if it is one of the years 1 to 9999. */
  static String inRange(String sum, TypeName type) {
    String checked = "gsql_in_range(" + sum + ")";
    return type.equals(Types.DATE) ? "CAST(" + checked + " AS DATE)" : checked;
  }

  static Typed dates(DateCall call) {
    String from = call.value(0, Types.DATE);
    String to = call.value(1, Types.DATE);
    Expr.Interval step = interval(call, 2);
    if (!DateParts.addable(step.part(), Types.DATE)) {
      throw call.invalid(step.part());
    }
    String array = "gsql_dates(" + from + ", " + to + ", " + text(step, call.expressions()) + ")";
    return Typed.of(array, new TypeName.Array(Types.DATE));
  }

  private static Expr.Interval interval(DateCall call, int index) {
    if (call.argument(index) instanceof Expr.Interval interval) {
      return interval;
    }
    throw call.call()
        .position()
        .unsupported(call.call().name() + " with an interval that is not written INTERVAL n PART");
  }

  private static String text(Expr.Interval interval, Expressions expressions) {
    String amount = expressions.integer(interval.amount(), "INTERVAL");
    return switch (interval.part()) {
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
}
