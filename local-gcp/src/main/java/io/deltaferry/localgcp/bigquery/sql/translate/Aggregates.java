package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Aggregate functions, over a window or not. */
final class Aggregates {
  private static final Set<String> NAMES =
      Set.of(
          "COUNT",
          "COUNTIF",
          "SUM",
          "AVG",
          "MIN",
          "MAX",
          "ANY_VALUE",
          "ARRAY_AGG",
          "STRING_AGG",
          "LOGICAL_AND",
          "LOGICAL_OR",
          "BIT_AND",
          "BIT_OR",
          "BIT_XOR",
          "APPROX_COUNT_DISTINCT",
          "STDDEV",
          "STDDEV_SAMP",
          "STDDEV_POP",
          "VARIANCE",
          "VAR_SAMP",
          "VAR_POP");
  private final Expressions expressions;

  Aggregates(Expressions expressions) {
    this.expressions = expressions;
  }

  static boolean knows(String name) {
    return NAMES.contains(name);
  }

  Typed write(Expr.Call call) {
    boolean star = call.arguments().equals(List.of(new Expr.Star()));
    if (star) {
      if (!call.name().equals("COUNT") || call.distinct()) {
        throw call.position().refuse("Argument * can only be used in COUNT(*)");
      }
      return Typed.of("count(*)" + Windows.over(call, expressions), Types.INT64);
    }
    int most = call.name().equals("STRING_AGG") ? 2 : 1;
    if (call.arguments().isEmpty() || call.arguments().size() > most) {
      throw wrong(call, call.arguments().stream().map(expressions::write).toList());
    }
    return aggregate(call, call.arguments().stream().map(expressions::write).toList());
  }

  private Typed aggregate(Expr.Call call, List<Typed> arguments) {
    Typed value = arguments.get(0);
    String sql = value.sql();
    return switch (call.name()) {
      case "COUNT" -> plain(call, "count", sql, Types.INT64);
      case "APPROX_COUNT_DISTINCT" ->
          Typed.of("count(DISTINCT " + sql + ")" + Windows.over(call, expressions), Types.INT64);
      case "COUNTIF" -> {
        String condition = require(call, value, Types.BOOL);
        yield call.distinct()
            ? Typed.of(
                "count(DISTINCT CASE WHEN "
                    + condition
                    + " THEN true END)"
                    + Windows.over(call, expressions),
                Types.INT64)
            : Typed.of(
                "count(*) FILTER (WHERE " + condition + ")" + Windows.over(call, expressions),
                Types.INT64);
      }
      case "SUM" -> sum(call, value);
      case "AVG" -> average(call, value);
      case "MIN", "MAX" -> extreme(call, value);
      case "ANY_VALUE" -> plain(call, "any_value", sql, value.type());
      case "LOGICAL_AND" -> plain(call, "bool_and", require(call, value, Types.BOOL), Types.BOOL);
      case "LOGICAL_OR" -> plain(call, "bool_or", require(call, value, Types.BOOL), Types.BOOL);
      case "BIT_AND", "BIT_OR", "BIT_XOR" ->
          plain(call, call.name(), require(call, value, Types.INT64), Types.INT64);
      case "ARRAY_AGG" -> new ListAggregates(call, expressions).array(value);
      case "STRING_AGG" -> new ListAggregates(call, expressions).string(arguments);
      default -> {
        if (value.type().equals(Types.NUMERIC) || value.type().equals(Types.BIGNUMERIC)) {
          throw call.position().unsupported(call.name() + " of " + value.type());
        }
        String name = call.name().equals("VARIANCE") ? "var_samp" : call.name();
        yield plain(call, name, require(call, value, Types.FLOAT64), Types.FLOAT64);
      }
    };
  }

  private Typed plain(Expr.Call call, String function, String argument, TypeName type) {
    if (!call.order().isEmpty() || call.limit() != null) {
      throw call.position()
          .refuse("Function " + call.name() + " does not support ORDER BY or LIMIT in arguments");
    }
    if (call.nulls() != null) {
      throw call.position()
          .refuse("Function " + call.name() + " does not support IGNORE NULLS or RESPECT NULLS");
    }
    String distinct = call.distinct() ? "DISTINCT " : "";
    return Typed.of(
        function.toLowerCase(Locale.ROOT)
            + "("
            + distinct
            + argument
            + ")"
            + Windows.over(call, expressions),
        type);
  }

  private Typed sum(Expr.Call call, Typed value) {
    TypeName type = value.type().equals(Types.NULL) ? Types.INT64 : value.type();
    if (!Types.isNumber(type) && !type.equals(Types.INTERVAL)) {
      throw wrong(call, List.of(value));
    }
    Typed sum = plain(call, "sum", Coercion.sql(value, type), type);
    // DuckDB adds up without limits what overflows in BigQuery.
    if (type.equals(Types.INT64)) {
      return Typed.of("CAST(" + sum.sql() + " AS BIGINT)", type);
    }
    return type.equals(Types.BIGNUMERIC)
        ? Typed.of("gsql_bignumeric_checked(" + sum.sql() + ")", type)
        : sum;
  }

  private Typed average(Expr.Call call, Typed value) {
    TypeName type = value.type().equals(Types.NULL) ? Types.INT64 : value.type();
    if (!Types.isNumber(type)) {
      throw wrong(call, List.of(value));
    }
    String argument = Coercion.sql(value, type);
    if (type.equals(Types.INT64) || type.equals(Types.FLOAT64)) {
      return plain(call, "avg", argument, Types.FLOAT64);
    }
    String sum = plain(call, "sum", argument, type).sql();
    String count = plain(call, "count", argument, Types.INT64).sql();
    String name = type.equals(Types.NUMERIC) ? "gsql_numeric_divide" : "gsql_bignumeric_divide";
    String divisor = Casts.sql("nullif(" + count + ", 0)", Types.INT64, type);
    return Typed.of(name + "(" + sum + ", " + divisor + ")", type);
  }

  private Typed extreme(Expr.Call call, Typed value) {
    TypeName type = value.type();
    if (!(type instanceof TypeName.Scalar) || type.equals(Types.JSON)) {
      throw wrong(call, List.of(value));
    }
    String sql = plain(call, call.name(), value.sql(), type).sql();
    if (call.name().equals("MIN") && type.equals(Types.FLOAT64)) {
      // NaN is the answer wherever it occurs; DuckDB has it greatest.
      String nan = "bool_or(isnan(" + value.sql() + "))" + Windows.over(call, expressions);
      sql = "CASE WHEN " + nan + " THEN CAST('nan' AS DOUBLE) ELSE " + sql + " END";
    }
    return Typed.of(sql, type);
  }

  static String require(Expr.Call call, Typed value, TypeName type) {
    if (!Coercion.possible(value, type)) {
      throw wrong(call, List.of(value));
    }
    return Coercion.sql(value, type);
  }

  static GoogleError wrong(Expr.Call call, List<Typed> arguments) {
    return Operators.noMatch(
        "aggregate function " + call.name(),
        arguments.stream().map(Typed::type).toList(),
        call.position());
  }
}
