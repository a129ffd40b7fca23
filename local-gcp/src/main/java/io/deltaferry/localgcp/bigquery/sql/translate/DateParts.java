package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names of date parts, in upper case: what each may be used for and how long it is. */
final class DateParts {
  private static final Set<String> DATE =
      Set.of("DAY", "WEEK", "MONTH", "QUARTER", "YEAR", "ISOWEEK", "ISOYEAR");
  private static final Map<String, Long> TIME =
      Map.of(
          "MICROSECOND", 1L,
          "MILLISECOND", 1_000L,
          "SECOND", 1_000_000L,
          "MINUTE", 60_000_000L,
          "HOUR", 3_600_000_000L);
  private static final long DAY = 86_400_000_000L;
  private static final List<String> WEEKDAYS =
      List.of("SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY");

  private DateParts() {}

  static boolean ofTime(String part) {
    return TIME.containsKey(part);
  }

  /** Microseconds, or null where not all are equally long. */
  static @Nullable Long length(String part) {
    return part.equals("DAY") ? Long.valueOf(DAY) : TIME.get(part);
  }

  /** Whether {@code INTERVAL n part} can be added to a value of the type. */
  static boolean addable(String part, TypeName type) {
    boolean date = DATE.contains(part) && !part.startsWith("ISO");
    if (type.equals(Types.TIMESTAMP)) {
      return ofTime(part) || part.equals("DAY");
    }
    return (date && !type.equals(Types.TIME)) || (ofTime(part) && !type.equals(Types.DATE));
  }

  /** The part named by an argument: a bare word, or WEEK with a weekday. */
  static String read(Expr.Call call, int index) {
    Expr argument = call.arguments().get(index);
    if (argument instanceof Expr.Path path && path.names().size() == 1) {
      return path.names().get(0).toUpperCase(Locale.ROOT);
    }
    if (argument instanceof Expr.Call week
        && week.name().equals("WEEK")
        && week.arguments().size() == 1
        && week.arguments().get(0) instanceof Expr.Path day) {
      return "WEEK(" + day.names().get(0).toUpperCase(Locale.ROOT) + ")";
    }
    throw unknown(call.position());
  }

  /** The day a WEEK or WEEK(weekday) starts with; Sunday is 0. */
  static int weekday(String part, Position position) {
    int day = part.equals("WEEK") ? 0 : WEEKDAYS.indexOf(part.replaceAll("WEEK\\(|\\)", ""));
    if (day < 0) {
      throw unknown(position);
    }
    return day;
  }

  static GoogleError unknown(Position position) {
    return position.refuse("A valid date part name is required");
  }

  static GoogleError invalid(String function, String part, Position position) {
    return position.refuse(function + " does not support the " + part + " date part");
  }
}
