package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** OVER clauses. */
final class Windows {
  private Windows() {}

  /** The OVER clause of a call, or nothing. */
  static String over(Expr.Call call, Expressions expressions) {
    Expr.Window window = call.window();
    return window == null ? "" : " OVER " + write(window, expressions);
  }

  /** A window as DuckDB text, in parentheses. */
  static String write(Expr.Window window, Expressions expressions) {
    List<String> parts = new ArrayList<>();
    if (window.base() != null) {
      parts.add(DuckText.identifier(window.base()));
    }
    if (!window.partition().isEmpty()) {
      parts.add(
          "PARTITION BY "
              + window.partition().stream()
                  .map(e -> expressions.write(e).sql())
                  .collect(Collectors.joining(", ")));
    }
    if (!window.order().isEmpty()) {
      parts.add("ORDER BY " + expressions.orders(window.order()));
    }
    Expr.Frame frame = window.frame();
    if (frame != null) {
      parts.add(frame(frame, expressions));
    }
    return "(" + String.join(" ", parts) + ")";
  }

  private static String frame(Expr.Frame frame, Expressions expressions) {
    Expr.Frame.Bound end = frame.end();
    String start = bound(frame.start(), expressions);
    return frame.unit()
        + (end == null ? " " + start : " BETWEEN " + start + " AND " + bound(end, expressions));
  }

  private static String bound(Expr.Frame.Bound bound, Expressions expressions) {
    Expr offset = bound.offset();
    return offset == null
        ? bound.direction()
        : expressions.write(offset).sql() + " " + bound.direction();
  }
}
