package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.Optional;
import java.util.Set;

/** Plus and minus where a side is a date, a time or an interval. */
final class TimeArithmetic {
  private static final Set<TypeName> POINTS = Set.of(Types.DATETIME, Types.TIMESTAMP);

  private TimeArithmetic() {}

  static Optional<Typed> write(Expr.Binary binary, Typed left, Typed right) {
    TypeName l = left.type();
    TypeName r = right.type();
    String infix = "(" + left.sql() + " " + binary.operator() + " " + right.sql() + ")";
    boolean plus = binary.operator().equals("+");
    if (!plus && !binary.operator().equals("-")) {
      return Optional.empty();
    }
    if (r.equals(Types.INTERVAL) && (POINTS.contains(l) || l.equals(Types.INTERVAL))) {
      return Optional.of(Typed.of(infix, l));
    }
    if (r.equals(Types.INTERVAL) && l.equals(Types.DATE)) {
      return Optional.of(Typed.of(infix, Types.DATETIME));
    }
    if (plus && l.equals(Types.INTERVAL) && !r.equals(Types.INTERVAL)) {
      return write(binary, right, left);
    }
    if (l.equals(Types.DATE) && r.equals(Types.INT64)) {
      return Optional.of(
          Typed.of(
              "(" + left.sql() + " " + binary.operator() + " CAST(" + right.sql() + " AS INTEGER))",
              Types.DATE));
    }
    if (plus && l.equals(Types.INT64) && r.equals(Types.DATE)) {
      return write(binary, right, left);
    }
    return Optional.empty();
  }
}
