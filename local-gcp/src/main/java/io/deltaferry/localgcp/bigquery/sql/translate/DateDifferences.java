package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;

/** *_DIFF: whole parts of a TIMESTAMP_DIFF, else the boundaries between the two. */
final class DateDifferences {
  private DateDifferences() {}

  static Typed write(DateCall call) {
    call.takes(3, 3);
    Typed from = call.point();
    TypeName type = from.type();
    String a = from.sql();
    String b = call.value(1, type);
    String part = call.part(2);
    Long length = DateParts.length(part);
    if (type.equals(Types.TIMESTAMP)) {
      if (length == null) {
        throw call.invalid(part);
      }
      return Typed.of(
          "((epoch_us(" + a + ") - epoch_us(" + b + ")) // " + length + ")", Types.INT64);
    }
    boolean clock = DateParts.ofTime(part);
    if (type.equals(Types.TIME) ? !clock : clock && type.equals(Types.DATE)) {
      throw call.invalid(part);
    }
    return Typed.of(
        clock
            ? boundaries("epoch_us(" + a + ")", "epoch_us(" + b + ")", String.valueOf(length))
            : calendar(call, a, b, part),
        Types.INT64);
  }

  private static String boundaries(String a, String b, String length) {
    return "(gsql_floor_div("
        + a
        + ", "
        + length
        + ") - gsql_floor_div("
        + b
        + ", "
        + length
        + "))";
  }

  private static String calendar(DateCall call, String a, String b, String part) {
    if (part.startsWith("WEEK")) {
      // Days since a Sunday, moved so that the week's first day starts a block of seven.
      return weeks(a, b, 4 - DateParts.weekday(part, call.call().position()));
    }
    return switch (part) {
      case "DAY" -> "(gsql_days(" + a + ") - gsql_days(" + b + "))";
      case "ISOWEEK" -> weeks(a, b, 3);
      case "MONTH" -> "(gsql_months(" + a + ") - gsql_months(" + b + "))";
      case "QUARTER" -> "(gsql_months(" + a + ") // 3 - gsql_months(" + b + ") // 3)";
      case "YEAR" -> "(year(" + a + ") - year(" + b + "))";
      case "ISOYEAR" -> "(isoyear(" + a + ") - isoyear(" + b + "))";
      default -> throw call.invalid(part);
    };
  }

  private static String weeks(String a, String b, int shift) {
    return boundaries("gsql_days(" + a + ") + " + shift, "gsql_days(" + b + ") + " + shift, "7");
  }
}
