package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Aggregate and analytic functions. */
final class Aggregates {
  private static final Set<String> AGGREGATES =
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
  private static final Set<String> ANALYTIC =
      Set.of(
          "ROW_NUMBER",
          "RANK",
          "DENSE_RANK",
          "PERCENT_RANK",
          "CUME_DIST",
          "NTILE",
          "LAG",
          "LEAD",
          "FIRST_VALUE",
          "LAST_VALUE",
          "NTH_VALUE");

  private final Expressions expressions;

  Aggregates(Expressions expressions) {
    this.expressions = expressions;
  }

  static boolean knows(String name) {
    return AGGREGATES.contains(name) || ANALYTIC.contains(name);
  }

  Typed write(Expr.Call call) {
    if (call.safe()) {
      throw call.position().refuse("Function " + call.name() + " does not support SAFE error mode");
    }
    if (ANALYTIC.contains(call.name())) {
      return analytic(call);
    }
    boolean star = call.arguments().equals(List.of(new Expr.Star()));
    if (star) {
      if (!call.name().equals("COUNT") || call.distinct()) {
        throw call.position().refuse("Argument * can only be used in COUNT(*)");
      }
      return Typed.of("count(*)" + over(call), Types.INT64);
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
          Typed.of("count(DISTINCT " + sql + ")" + over(call), Types.INT64);
      case "COUNTIF" -> {
        String condition = require(call, value, Types.BOOL);
        yield call.distinct()
            ? Typed.of(
                "count(DISTINCT CASE WHEN " + condition + " THEN true END)" + over(call),
                Types.INT64)
            : Typed.of("count(*) FILTER (WHERE " + condition + ")" + over(call), Types.INT64);
      }
      case "SUM" -> sum(call, value);
      case "AVG" -> average(call, value);
      case "MIN", "MAX" -> extreme(call, value);
      case "ANY_VALUE" -> plain(call, "any_value", sql, value.type());
      case "LOGICAL_AND" -> plain(call, "bool_and", require(call, value, Types.BOOL), Types.BOOL);
      case "LOGICAL_OR" -> plain(call, "bool_or", require(call, value, Types.BOOL), Types.BOOL);
      case "BIT_AND", "BIT_OR", "BIT_XOR" ->
          plain(call, call.name(), require(call, value, Types.INT64), Types.INT64);
      case "ARRAY_AGG" -> arrayAgg(call, value);
      case "STRING_AGG" -> stringAgg(call, arguments);
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
    String distinct = call.distinct() ? "DISTINCT " : "";
    return Typed.of(
        function.toLowerCase(java.util.Locale.ROOT)
            + "("
            + distinct
            + argument
            + nulls(call)
            + ")"
            + over(call),
        type);
  }

  private static String nulls(Expr.Call call) {
    if (call.nulls() != null
        && !call.name().equals("ARRAY_AGG")
        && !ANALYTIC.contains(call.name())) {
      throw call.position()
          .refuse("Function " + call.name() + " does not support IGNORE NULLS or RESPECT NULLS");
    }
    return call.nulls() == null ? "" : " " + call.nulls() + " NULLS";
  }

  private Typed sum(Expr.Call call, Typed value) {
    TypeName type = value.type().equals(Types.NULL) ? Types.INT64 : value.type();
    if (!Types.isNumber(type) && !type.equals(Types.INTERVAL)) {
      throw wrong(call, List.of(value));
    }
    Typed sum = plain(call, "sum", Coercion.sql(value, type), type);
    // DuckDB adds BIGINTs up in 128 bits; BigQuery overflows.
    return type.equals(Types.INT64) ? Typed.of("CAST(" + sum.sql() + " AS BIGINT)", type) : sum;
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
      String nan = "bool_or(isnan(" + value.sql() + "))" + over(call);
      sql = "CASE WHEN " + nan + " THEN CAST('nan' AS DOUBLE) ELSE " + sql + " END";
    }
    return Typed.of(sql, type);
  }

  private Typed arrayAgg(Expr.Call call, Typed value) {
    if (value.type() instanceof TypeName.Array) {
      throw call.position()
          .refuse("The argument to ARRAY_AGG must not be an array type but was " + value.type());
    }
    String filter =
        "IGNORE".equals(call.nulls()) ? " FILTER (WHERE " + value.sql() + " IS NOT NULL)" : "";
    TypeName element = value.type().equals(Types.NULL) ? Types.INT64 : value.type();
    String list = list(call, value.sql(), filter);
    return Typed.of(limited(call, list), new TypeName.Array(element));
  }

  private Typed stringAgg(Expr.Call call, List<Typed> arguments) {
    Typed value = arguments.get(0);
    if (value.type().equals(Types.BYTES)) {
      throw call.position().unsupported("STRING_AGG of BYTES");
    }
    String text = require(call, value, Types.STRING);
    String delimiter = arguments.size() > 1 ? require(call, arguments.get(1), Types.STRING) : "','";
    String list = list(call, text, " FILTER (WHERE " + text + " IS NOT NULL)");
    return Typed.of(
        "array_to_string(" + limited(call, list) + ", " + delimiter + ")", Types.STRING);
  }

  private String list(Expr.Call call, String value, String filter) {
    String order = call.order().isEmpty() ? "" : " ORDER BY " + expressions.orders(call.order());
    return "array_agg("
        + (call.distinct() ? "DISTINCT " : "")
        + value
        + order
        + ")"
        + filter
        + over(call);
  }

  private String limited(Expr.Call call, String list) {
    Expr limit = call.limit();
    return limit == null
        ? list
        : "list_slice(" + list + ", 1, " + expressions.integer(limit, "LIMIT") + ")";
  }

  private Typed analytic(Expr.Call call) {
    if (call.window() == null) {
      throw call.position()
          .refuse("Analytic function " + call.name() + " cannot be called without an OVER clause");
    }
    List<Typed> arguments =
        new ArrayList<>(call.arguments().stream().map(expressions::write).toList());
    String name = call.name().toLowerCase(java.util.Locale.ROOT);
    TypeName type =
        switch (call.name()) {
          case "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE" -> Types.INT64;
          case "PERCENT_RANK", "CUME_DIST" -> Types.FLOAT64;
          default -> arguments.isEmpty() ? Types.NULL : arguments.get(0).type();
        };
    if (type.equals(Types.NULL)) {
      throw wrong(call, arguments);
    }
    if (arguments.size() == 3) {
      arguments.set(2, Typed.of(Coercion.sql(arguments.get(2), type), type));
    }
    String values = arguments.stream().map(Typed::sql).collect(Collectors.joining(", "));
    return Typed.of(name + "(" + values + nulls(call) + ")" + over(call), type);
  }

  private static String require(Expr.Call call, Typed value, TypeName type) {
    if (!Coercion.possible(value, type)) {
      throw wrong(call, List.of(value));
    }
    return Coercion.sql(value, type);
  }

  private static io.deltaferry.localgcp.http.GoogleError wrong(
      Expr.Call call, List<Typed> arguments) {
    return Operators.noMatch(
        "aggregate function " + call.name(),
        arguments.stream().map(Typed::type).toList(),
        call.position());
  }

  private String over(Expr.Call call) {
    Expr.Window window = call.window();
    return window == null ? "" : " OVER " + window(window);
  }

  /** A window as DuckDB text, in parentheses. */
  String window(Expr.Window window) {
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
    List<Query.Order> order = window.order();
    if (!order.isEmpty()) {
      parts.add("ORDER BY " + expressions.orders(order));
    }
    Expr.Frame frame = window.frame();
    if (frame != null) {
      parts.add(frame(frame));
    }
    return "(" + String.join(" ", parts) + ")";
  }

  private String frame(Expr.Frame frame) {
    Expr.Frame.Bound end = frame.end();
    String start = bound(frame.start());
    return frame.unit() + (end == null ? " " + start : " BETWEEN " + start + " AND " + bound(end));
  }

  private String bound(Expr.Frame.Bound bound) {
    @Nullable Expr offset = bound.offset();
    return offset == null
        ? bound.direction()
        : expressions.write(offset).sql() + " " + bound.direction();
  }
}
