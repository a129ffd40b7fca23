package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what tests values, and CASE. */
final class Conditions {
  private final Expressions expressions;

  Conditions(Expressions expressions) {
    this.expressions = expressions;
  }

  Optional<Typed> write(Expr expression) {
    if (expression instanceof Expr.Case choice) {
      return Optional.of(choice(choice));
    }
    String condition = condition(expression);
    return condition == null
        ? Optional.empty()
        : Optional.of(Typed.of("(" + condition + ")", Types.BOOL));
  }

  private @Nullable String condition(Expr expression) {
    if (expression instanceof Expr.Is is) {
      String what = is.what().equals("UNKNOWN") ? "NULL" : is.what();
      return value(is.operand()).sql() + " IS" + not(is.negated()) + what;
    } else if (expression instanceof Expr.Distinct distinct) {
      return distinct(distinct);
    } else if (expression instanceof Expr.Between between) {
      return between(between);
    } else if (expression instanceof Expr.InList in) {
      return inList(in);
    } else if (expression instanceof Expr.InQuery in) {
      return inQuery(in);
    } else if (expression instanceof Expr.InArray in) {
      return inArray(in);
    } else if (expression instanceof Expr.Like like) {
      String operand = text(value(like.operand()));
      return operand + not(like.negated()) + "LIKE " + text(value(like.pattern())) + " ESCAPE '\\'";
    } else if (expression instanceof Expr.Exists exists) {
      return "EXISTS(" + expressions.subquery(exists.query()).sql() + ")";
    }
    return null;
  }

  private Typed value(Expr expression) {
    return expressions.write(expression);
  }

  private static String not(boolean negated) {
    return negated ? " NOT " : " ";
  }

  private static String text(Typed value) {
    if (!Coercion.possible(value, Types.STRING)) {
      throw Operators.noMatch("operator LIKE", List.of(value.type()), Position.UNKNOWN);
    }
    return Coercion.sql(value, Types.STRING);
  }

  private String distinct(Expr.Distinct distinct) {
    List<Typed> sides = List.of(value(distinct.left()), value(distinct.right()));
    List<String> sql = Expressions.unified(sides, Position.UNKNOWN, "operator IS DISTINCT FROM");
    return sql.get(0) + " IS" + not(distinct.negated()) + "DISTINCT FROM " + sql.get(1);
  }

  private String between(Expr.Between between) {
    List<Typed> all =
        List.of(value(between.operand()), value(between.low()), value(between.high()));
    TypeName type = Expressions.common(all, Position.UNKNOWN, "operator BETWEEN");
    List<String> sql = all.stream().map(value -> Coercion.sql(value, type)).toList();
    String inside =
        Operators.compared(">=", sql.get(0), sql.get(1), type)
            + " AND "
            + Operators.compared("<=", sql.get(0), sql.get(2), type);
    return between.negated() ? "NOT (" + inside + ")" : inside;
  }

  private String inList(Expr.InList in) {
    List<Typed> all = new ArrayList<>();
    all.add(value(in.operand()));
    in.values().forEach(value -> all.add(value(value)));
    TypeName type = Expressions.common(all, Position.UNKNOWN, "operator IN");
    List<String> sql = all.stream().map(value -> Coercion.sql(value, type)).toList();
    List<String> values = sql.subList(1, sql.size());
    if (Operators.comparesAsDuckDoes(type)) {
      return sql.get(0) + not(in.negated()) + "IN (" + String.join(", ", values) + ")";
    }
    String any =
        values.stream()
            .map(value -> Operators.compared("=", sql.get(0), value, type))
            .collect(Collectors.joining(" OR "));
    return in.negated() ? "NOT (" + any + ")" : any;
  }

  private String inQuery(Expr.InQuery in) {
    Queries.Result result = expressions.subquery(in.query());
    TypeName type = Expressions.single(result, "Subquery of type IN");
    Typed operand = value(in.operand());
    List<TypeName> pair = List.of(operand.type(), type);
    TypeName common =
        Types.common(operand.type(), type)
            .orElseThrow(() -> Operators.noMatch("operator IN", pair, Position.UNKNOWN));
    String query = result.sql();
    if (!common.equals(type)) {
      query = "SELECT " + Coercion.sql(Typed.of("v", type), common) + " FROM (" + query + ") q(v)";
    }
    return Coercion.sql(operand, common) + not(in.negated()) + "IN (" + query + ")";
  }

  private String inArray(Expr.InArray in) {
    Typed array = value(in.array());
    Typed operand = value(in.operand());
    TypeName element =
        array.type() instanceof TypeName.Array of ? Types.known(of.element()) : Types.NULL;
    if (element.equals(Types.NULL) || !Coercion.possible(operand, element)) {
      throw Operators.noMatch(
          "operator IN UNNEST", List.of(operand.type(), array.type()), Position.UNKNOWN);
    }
    return Coercion.sql(operand, element)
        + not(in.negated())
        + "IN (SELECT unnest("
        + array.sql()
        + "))";
  }

  private Typed choice(Expr.Case choice) {
    List<Typed> results = new ArrayList<>();
    choice.whens().forEach(when -> results.add(value(when.result())));
    Expr otherwise = choice.otherwise();
    if (otherwise != null) {
      results.add(value(otherwise));
    }
    TypeName type = Expressions.common(results, Position.UNKNOWN, "operator CASE");
    StringBuilder sql = new StringBuilder("CASE");
    for (int i = 0; i < choice.whens().size(); i++) {
      sql.append(" WHEN ")
          .append(arm(choice.operand(), choice.whens().get(i).condition()))
          .append(" THEN ")
          .append(Coercion.sql(results.get(i), type));
    }
    if (otherwise != null) {
      sql.append(" ELSE ").append(Coercion.sql(results.get(results.size() - 1), type));
    }
    return Typed.of(sql.append(" END").toString(), type);
  }

  private String arm(@Nullable Expr operand, Expr condition) {
    return operand == null
        ? expressions.condition(condition, "CASE condition")
        : value(new Expr.Binary("=", operand, condition, Position.UNKNOWN)).sql();
  }
}
