package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Functions that take a date part or an interval. */
final class DateFunctions {
  private static final Pattern NAME =
      Pattern.compile("(DATE|DATETIME|TIME|TIMESTAMP)_(ADD|SUB|DIFF|TRUNC)");

  private DateFunctions() {}

  static boolean knows(Expr.Call call) {
    return NAME.matcher(call.name()).matches()
        || call.name().equals("LAST_DAY")
        || (call.name().equals("GENERATE_DATE_ARRAY") && call.arguments().size() == 3);
  }

  static Typed write(Expr.Call call, Expressions expressions) {
    if (call.name().equals("LAST_DAY")) {
      return DateTruncations.lastDay(new DateCall(call, Types.DATE, expressions));
    }
    if (call.name().equals("GENERATE_DATE_ARRAY")) {
      return Intervals.dates(new DateCall(call, Types.DATE, expressions));
    }
    Matcher name = NAME.matcher(call.name());
    if (!name.matches()) {
      throw new IllegalStateException(call.name());
    }
    TypeName type = new TypeName.Scalar(name.group(1), List.of());
    DateCall dates = new DateCall(call, type, expressions);
    return switch (name.group(2)) {
      case "ADD" -> Intervals.added(dates, "+");
      case "SUB" -> Intervals.added(dates, "-");
      case "DIFF" -> DateDifferences.write(dates);
      default -> DateTruncations.write(dates);
    };
  }
}
