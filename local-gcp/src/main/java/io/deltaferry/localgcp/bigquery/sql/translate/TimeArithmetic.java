package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.Optional;

/** Plus and minus where a side is a date, a time or an interval. */
final class TimeArithmetic {
  private TimeArithmetic() {}

  static Optional<Typed> write(Expr.Binary binary, Typed left, Typed right) {
    return switch (binary.operator()) {
      case "+" -> sum(left, "+", right).or(() -> sum(right, "+", left));
      case "-" -> sum(left, "-", right);
      default -> Optional.empty();
    };
  }

  private static Optional<Typed> sum(Typed left, String operator, Typed right) {
    TypeName type = left.type();
    String head = left.sql() + " " + operator + " ";
    if (type.equals(Types.DATE) && right.type().equals(Types.INT64)) {
      String days = "to_days(CAST(" + right.sql() + " AS INTEGER))";
      return Optional.of(Typed.of(Intervals.inRange(head + days, type), type));
    }
    if (!right.type().equals(Types.INTERVAL)) {
      return Optional.empty();
    }
    if (type.equals(Types.INTERVAL)) {
      return Optional.of(Typed.of("(" + head + right.sql() + ")", type));
    }
    if (type.equals(Types.TIMESTAMP)) {
      String interval = "gsql_without_months(" + right.sql() + ")";
      return Optional.of(Typed.of(Intervals.inRange(head + interval, type), type));
    }
    return type.equals(Types.DATE) || type.equals(Types.DATETIME)
        ? Optional.of(
            Typed.of(Intervals.inRange(head + right.sql(), Types.DATETIME), Types.DATETIME))
        : Optional.empty();
  }
}
