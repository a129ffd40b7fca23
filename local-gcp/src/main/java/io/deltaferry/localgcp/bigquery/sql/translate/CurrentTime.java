package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;

/** CURRENT_TIMESTAMP and its kin: the statement's start, not the transaction's as DuckDB has it. */
final class CurrentTime {
  private final Session session;
  private final Expressions expressions;

  CurrentTime(Session session, Expressions expressions) {
    this.session = session;
    this.expressions = expressions;
  }

  Typed write(Expr.Call call) {
    String now = session.now();
    int most = call.name().equals("CURRENT_TIMESTAMP") ? 0 : 1;
    if (call.arguments().size() > most) {
      throw Operators.noMatch(
          "function " + call.name(),
          call.arguments().stream().map(a -> expressions.write(a).type()).toList(),
          call.position());
    }
    String zone =
        call.arguments().isEmpty()
            ? "'UTC'"
            : Coercion.sql(expressions.write(call.arguments().get(0)), Types.STRING);
    String local = "timezone(gsql_zone(" + zone + "), " + now + ")";
    return switch (call.name()) {
      case "CURRENT_TIMESTAMP" -> Typed.of(now, Types.TIMESTAMP);
      case "CURRENT_DATETIME" -> Typed.of(local, Types.DATETIME);
      case "CURRENT_DATE" -> cast(local, "DATE", Types.DATE);
      case "CURRENT_TIME" -> cast(local, "TIME", Types.TIME);
      default -> throw call.position().refuse("Function not found: " + call.name());
    };
  }

  private static Typed cast(String local, String duck, TypeName type) {
    return Typed.of("CAST(" + local + " AS " + duck + ")", type);
  }
}
