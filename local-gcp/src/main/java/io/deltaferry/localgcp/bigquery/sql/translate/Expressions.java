package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes expressions of one scope. */
final class Expressions {
  private static final Set<String> CLOCK =
      Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_DATETIME", "CURRENT_TIMESTAMP");

  private final Session session;
  private final Scope scope;
  private final Functions functions;

  Expressions(Session session, Scope scope) {
    this.session = session;
    this.scope = scope;
    this.functions = new Functions(session, this);
  }

  Typed write(Expr expression) {
    return operand(expression)
        .or(() -> operation(expression))
        .or(() -> new Conditions(this).write(expression))
        .or(() -> new Constructors(this).write(expression))
        // Star and Default stand only where their own writers take them.
        .orElseThrow(() -> Position.UNKNOWN.refuse("Syntax error: Unexpected * or DEFAULT"));
  }

  private Optional<Typed> operand(Expr expression) {
    if (expression instanceof Expr.Literal literal) {
      return Optional.of(Literals.typed(literal));
    } else if (expression instanceof Expr.Path path) {
      return Optional.of(path(path));
    } else if (expression instanceof Expr.Field field) {
      return Optional.of(
          Scope.fields(write(field.base()), List.of(field.name()), Position.UNKNOWN));
    } else if (expression instanceof Expr.Parameter parameter) {
      return Optional.of(session.parameter(parameter));
    } else if (expression instanceof Expr.PositionalParameter parameter) {
      return Optional.of(session.parameter(parameter));
    } else if (expression instanceof Expr.SystemVariable variable) {
      return Optional.of(session.systemVariable(variable));
    } else if (expression instanceof Expr.ScalarQuery query) {
      return Optional.of(scalar(query.query()));
    }
    return Optional.empty();
  }

  private Optional<Typed> operation(Expr expression) {
    if (expression instanceof Expr.Unary unary) {
      return Optional.of(Operators.unary(unary, write(unary.operand())));
    } else if (expression instanceof Expr.Binary binary) {
      return Optional.of(Operators.binary(binary, write(binary.left()), write(binary.right())));
    } else if (expression instanceof Expr.Call call) {
      return Optional.of(functions.call(call));
    } else if (expression instanceof Expr.Cast cast) {
      Typed value = write(cast.operand());
      return Optional.of(Casts.write(value, cast.type(), cast.safe(), cast.position()));
    } else if (expression instanceof Expr.Extract extract) {
      return Optional.of(DateExtracts.write(extract, this));
    } else if (expression instanceof Expr.Interval interval) {
      return Optional.of(Intervals.write(interval, this));
    }
    return Optional.empty();
  }

  private Typed scalar(Query query) {
    Queries.Result result = subquery(query);
    return Typed.of("(" + result.sql() + ")", single(result, "Scalar subquery"));
  }

  Queries.Result subquery(Query query) {
    return new Queries(session).write(query, scope);
  }

  static TypeName single(Queries.Result result, String what) {
    if (result.columns().size() != 1) {
      throw Position.UNKNOWN.refuse(
          what
              + " cannot have more than one column unless using SELECT AS STRUCT to build STRUCT"
              + " values");
    }
    return result.columns().get(0).type();
  }

  private Typed path(Expr.Path path) {
    if (path.names().size() == 1
        && CLOCK.contains(path.names().get(0).toUpperCase(Locale.ROOT))
        && scope.find(path.names(), path.position()).isEmpty()) {
      return functions.call(functions.bare(path));
    }
    return scope.resolve(path);
  }

  /** A condition's text; anything but BOOL is refused. */
  String condition(Expr expression, String clause) {
    Typed typed = write(expression);
    if (!Coercion.possible(typed, Types.BOOL)) {
      throw Position.UNKNOWN.refuse(
          clause + " should return type BOOL, but returns " + typed.type());
    }
    return Coercion.sql(typed, Types.BOOL);
  }

  /** An INT64 argument's text. */
  String integer(Expr expression, String what) {
    Typed typed = write(expression);
    if (!Coercion.possible(typed, Types.INT64)) {
      throw Position.UNKNOWN.refuse(what + " expects an integer literal or parameter");
    }
    return Coercion.sql(typed, Types.INT64);
  }

  /** The values as the type all of them become. */
  static List<String> unified(List<Typed> values, Position position, String what) {
    TypeName type = common(values, position, what);
    return values.stream().map(value -> Coercion.sql(value, type)).toList();
  }

  static TypeName common(List<Typed> values, Position position, String what) {
    return Coercion.common(values)
        .orElseThrow(
            () -> Operators.noMatch(what, values.stream().map(Typed::type).toList(), position));
  }

  /** ORDER BY keys with the place of NULLs said: BigQuery has them first unless descending. */
  String orders(List<Query.Order> orders) {
    return orders.stream()
        .map(o -> write(o.key()).sql() + direction(o))
        .collect(Collectors.joining(", "));
  }

  static String direction(Query.Order order) {
    Boolean said = order.nullsFirst();
    boolean first = said == null ? !order.descending() : said;
    return (order.descending() ? " DESC" : " ASC") + (first ? " NULLS FIRST" : " NULLS LAST");
  }
}
