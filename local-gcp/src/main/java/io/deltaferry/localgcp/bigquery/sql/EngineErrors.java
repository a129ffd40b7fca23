package io.deltaferry.localgcp.bigquery.sql;

import java.sql.SQLException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What went wrong while DuckDB ran a translation, in BigQuery's words. */
public final class EngineErrors {
  // A registered function's exception: its class, its message, then a stack trace.
  private static final Pattern FUNCTION =
      Pattern.compile(
          "^(?:Invalid Input Error|Binder Error): java\\.lang\\.\\w+: (.*?)(?:\\n\\tat .*)?$",
          Pattern.DOTALL);
  private static final Pattern FAILED_ROW =
      Pattern.compile("Caused by: java\\.lang\\.\\w+: ([^\\n]*)");
  private static final Pattern OVERFLOW =
      Pattern.compile("Overflow in (\\w+) of INT64 \\((-?\\d+) (\\S+) (-?\\d+)\\)");
  private static final Pattern ZERO =
      Pattern.compile("Division by zero in expression \\((.*)\\)\\. Use");

  private EngineErrors() {}

  /** The message a BigQuery user would read. */
  public static String message(SQLException error) {
    String text = String.valueOf(error.getMessage());
    Matcher function = FUNCTION.matcher(text);
    if (function.find()) {
      return function.group(1);
    }
    Matcher failed = FAILED_ROW.matcher(text);
    if (failed.find()) {
      return failed.group(1);
    }
    Matcher overflow = OVERFLOW.matcher(text);
    if (overflow.find()) {
      return "int64 overflow: "
          + overflow.group(2)
          + " "
          + overflow.group(3)
          + " "
          + overflow.group(4);
    }
    Matcher zero = ZERO.matcher(text);
    if (zero.find()) {
      return "division by zero: " + zero.group(1).replace("//", "/");
    }
    return known(text);
  }

  private static String known(String text) {
    if (text.contains("MERGE INTO command cannot affect")) {
      return "UPDATE/MERGE must match at most one source row for each target row";
    }
    if (text.contains("More than one row returned by a subquery")) {
      return "Scalar subquery produced more than one element";
    }
    if (text.contains(
            "can't be cast because the value is out of range for the destination type INT64")
        || text.contains("Type INT128 with value")) {
      return "int64 overflow";
    }
    if (text.contains("of DECIMAL(38)") || text.contains("DECIMAL(38,9)")) {
      return "numeric overflow";
    }
    if (text.contains("Malformed JSON")) {
      return "Invalid input to PARSE_JSON: not a JSON value";
    }
    if (text.contains("NOT NULL constraint failed")) {
      return "Required field "
          + text.substring(text.lastIndexOf('.') + 1).strip()
          + " cannot be null";
    }
    return text.lines().findFirst().orElse(text);
  }
}
