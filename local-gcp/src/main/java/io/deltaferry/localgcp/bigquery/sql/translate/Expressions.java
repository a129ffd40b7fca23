package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes expressions of one scope. */
final class Expressions {

  private final Session session;
  private final Scope scope;
  private final Operators operators = new Operators();
  private final Functions functions;

  Expressions(Session session, Scope scope) {
    this.session = session;
    this.scope = scope;
    this.functions = new Functions(session, this);
  }

  Session session() {
    return session;
  }

  Typed write(Expr expression) {
    if (expression instanceof Expr.Literal literal) {
      return Literals.typed(literal);
    } else if (expression instanceof Expr.Path path) {
      return path(path);
    } else if (expression instanceof Expr.Field field) {
      return Scope.fields(write(field.base()), List.of(field.name()), Position.UNKNOWN);
    } else if (expression instanceof Expr.Parameter parameter) {
      return session.parameter(parameter);
    } else if (expression instanceof Expr.PositionalParameter parameter) {
      return session.parameter(parameter);
    } else if (expression instanceof Expr.SystemVariable variable) {
      return session.systemVariable(variable);
    } else if (expression instanceof Expr.Unary unary) {
      return operators.unary(unary, write(unary.operand()));
    } else if (expression instanceof Expr.Binary binary) {
      return operators.binary(binary, write(binary.left()), write(binary.right()));
    } else if (expression instanceof Expr.Call call) {
      return functions.call(call);
    } else if (expression instanceof Expr.Cast cast) {
      return Casts.write(write(cast.operand()), cast.type(), cast.safe(), cast.position());
    } else if (expression instanceof Expr.Extract extract) {
      return DateExtracts.write(extract, this);
    } else if (expression instanceof Expr.Interval interval) {
      return Intervals.write(interval, this);
    }
    return condition(expression);
  }

  private Typed condition(Expr expression) {
    if (expression instanceof Expr.Is is) {
      return is(is);
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
      String pattern = text(write(like.pattern()));
      return bool(
          "("
              + text(write(like.operand()))
              + not(like.negated())
              + " LIKE "
              + pattern
              + " ESCAPE '\\')");
    } else if (expression instanceof Expr.Case choice) {
      return choice(choice);
    } else if (expression instanceof Expr.Exists exists) {
      return bool("EXISTS(" + subquery(exists.query()).sql() + ")");
    }
    return compound(expression);
  }

  private Typed compound(Expr expression) {
    if (expression instanceof Expr.Subscript subscript) {
      return subscript(subscript);
    } else if (expression instanceof Expr.ArrayOf array) {
      return array(array);
    } else if (expression instanceof Expr.StructOf struct) {
      return struct(struct);
    } else if (expression instanceof Expr.ScalarQuery query) {
      Queries.Result result = subquery(query.query());
      return Typed.of("(" + result.sql() + ")", single(result, "Scalar subquery"));
    } else if (expression instanceof Expr.ArrayQuery query) {
      Queries.Result result = subquery(query.query());
      return Typed.of(
          "ARRAY(" + result.sql() + ")", new TypeName.Array(single(result, "ARRAY subquery")));
    }
    // Star and Default stand only where their own writers take them.
    throw Position.UNKNOWN.refuse("Syntax error: Unexpected * or DEFAULT");
  }

  private Queries.Result subquery(Query query) {
    return new Queries(session).write(query, scope);
  }

  private static TypeName single(Queries.Result result, String what) {
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
        && Set.of("CURRENT_DATE", "CURRENT_TIME", "CURRENT_DATETIME", "CURRENT_TIMESTAMP")
            .contains(path.names().get(0).toUpperCase(java.util.Locale.ROOT))
        && scope.find(path.names(), path.position()).isEmpty()) {
      return functions.call(functions.bare(path));
    }
    return scope.resolve(path);
  }

  static Typed bool(String sql) {
    return Typed.of(sql, Types.BOOL);
  }

  private static String not(boolean negated) {
    return negated ? " NOT" : "";
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

  private static String text(Typed value) {
    if (!Coercion.possible(value, Types.STRING)) {
      throw Position.UNKNOWN.refuse(
          "No matching signature for operator LIKE for argument types: " + value.type());
    }
    return Coercion.sql(value, Types.STRING);
  }

  private Typed is(Expr.Is is) {
    String operand = write(is.operand()).sql();
    String what = is.what().equals("UNKNOWN") ? "NULL" : is.what();
    return bool("(" + operand + " IS" + not(is.negated()) + " " + what + ")");
  }

  private Typed distinct(Expr.Distinct distinct) {
    List<Typed> sides = List.of(write(distinct.left()), write(distinct.right()));
    List<String> both = unified(sides, Position.UNKNOWN, "operator IS DISTINCT FROM");
    return bool(
        "("
            + both.get(0)
            + " IS"
            + not(distinct.negated())
            + " DISTINCT FROM "
            + both.get(1)
            + ")");
  }

  private Typed between(Expr.Between between) {
    List<Typed> all =
        List.of(write(between.operand()), write(between.low()), write(between.high()));
    List<String> sql = unified(all, Position.UNKNOWN, "operator BETWEEN");
    return bool(
        "("
            + sql.get(0)
            + not(between.negated())
            + " BETWEEN "
            + sql.get(1)
            + " AND "
            + sql.get(2)
            + ")");
  }

  private Typed inList(Expr.InList in) {
    List<Typed> all = new ArrayList<>();
    all.add(write(in.operand()));
    in.values().forEach(value -> all.add(write(value)));
    List<String> sql = unified(all, Position.UNKNOWN, "operator IN");
    return bool(
        "("
            + sql.get(0)
            + not(in.negated())
            + " IN ("
            + String.join(", ", sql.subList(1, sql.size()))
            + "))");
  }

  private Typed inQuery(Expr.InQuery in) {
    Queries.Result result = subquery(in.query());
    TypeName type = single(result, "Subquery of type IN");
    Typed operand = write(in.operand());
    List<TypeName> pair = List.of(operand.type(), type);
    TypeName common =
        Types.common(operand.type(), type)
            .orElseThrow(() -> Operators.noMatch("operator IN", pair, Position.UNKNOWN));
    String query = result.sql();
    if (!common.equals(type)) {
      query = "SELECT " + Casts.sql("v", type, common) + " FROM (" + query + ") AS q(v)";
    }
    return bool("(" + Coercion.sql(operand, common) + not(in.negated()) + " IN (" + query + "))");
  }

  private Typed inArray(Expr.InArray in) {
    Typed array = write(in.array());
    Typed operand = write(in.operand());
    if (!(array.type() instanceof TypeName.Array of) || !Coercion.possible(operand, of.element())) {
      throw Operators.noMatch(
          "operator IN UNNEST", List.of(operand.type(), array.type()), Position.UNKNOWN);
    }
    String source = "(SELECT unnest(" + array.sql() + "))";
    return bool(
        "(" + Coercion.sql(operand, of.element()) + not(in.negated()) + " IN " + source + ")");
  }

  private Typed choice(Expr.Case choice) {
    List<Typed> results = new ArrayList<>();
    choice.whens().forEach(when -> results.add(write(when.result())));
    Expr otherwise = choice.otherwise();
    if (otherwise != null) {
      results.add(write(otherwise));
    }
    TypeName type = common(results, Position.UNKNOWN, "operator CASE");
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
        ? condition(condition, "CASE condition")
        : write(new Expr.Binary("=", operand, condition, Position.UNKNOWN)).sql();
  }

  private Typed subscript(Expr.Subscript subscript) {
    Typed base = write(subscript.base());
    Typed index = write(subscript.index());
    if (base.type().equals(Types.JSON) && subscript.mode().equals("PLAIN")) {
      return json(base, index, subscript.position());
    }
    if (!(base.type() instanceof TypeName.Array array)) {
      throw subscript
          .position()
          .refuse("Subscript access using [] is not supported on values of type " + base.type());
    }
    boolean ordinal = subscript.mode().endsWith("ORDINAL");
    String place = Coercion.sql(index, Types.INT64) + (ordinal ? "" : " + 1");
    String name = subscript.mode().startsWith("SAFE") ? "gsql_safe_element" : "gsql_element";
    return Typed.of(name + "(" + base.sql() + ", " + place + ")", array.element());
  }

  private static Typed json(Typed base, Typed index, Position position) {
    if (index.type().equals(Types.STRING)) {
      return Typed.of(
          "json_extract(" + base.sql() + ", '$.\"' || " + index.sql() + " || '\"')", Types.JSON);
    }
    if (index.type().equals(Types.INT64)) {
      return Typed.of("json_extract(" + base.sql() + ", " + index.sql() + ")", Types.JSON);
    }
    throw position.refuse("Subscript of JSON must be of type STRING or INT64");
  }

  private Typed array(Expr.ArrayOf array) {
    List<Typed> elements = array.elements().stream().map(this::write).toList();
    TypeName declared = array.type();
    TypeName element =
        declared instanceof TypeName.Array of
            ? Types.plain(of.element())
            : common(elements, Position.UNKNOWN, "array constructor");
    if (element instanceof TypeName.Array) {
      throw Position.UNKNOWN.refuse(
          "Cannot construct array with element type ARRAY because nested arrays are not supported");
    }
    // Elements of nothing but NULL, or none at all: it becomes an array of any type.
    TypeName type = new TypeName.Array(element);
    String sql =
        elements.stream()
            .map(e -> Coercion.sql(checked(e, element), element))
            .collect(Collectors.joining(", ", "[", "]"));
    return Typed.of("CAST(" + sql + " AS " + Types.duck(type) + ")", type);
  }

  private static Typed checked(Typed value, TypeName type) {
    if (!Coercion.possible(value, type)) {
      throw Position.UNKNOWN.refuse(
          "Array element type " + value.type() + " does not coerce to " + type);
    }
    return value;
  }

  private Typed struct(Expr.StructOf struct) {
    List<Typed> values = struct.members().stream().map(m -> write(m.value())).toList();
    List<TypeName.Member> members = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      TypeName type = values.get(i).type();
      members.add(
          new TypeName.Member(
              struct.members().get(i).name(), type.equals(Types.NULL) ? Types.INT64 : type));
    }
    TypeName.Struct inferred = new TypeName.Struct(members);
    TypeName.Struct type =
        struct.type() instanceof TypeName.Struct declared
            ? (TypeName.Struct) Types.plain(declared)
            : inferred;
    if (type.members().size() != values.size()) {
      throw Position.UNKNOWN.refuse(
          "STRUCT type has "
              + type.members().size()
              + " fields but constructor call has "
              + values.size()
              + " fields");
    }
    StringBuilder sql = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      TypeName.Member member = type.members().get(i);
      sql.append(i == 0 ? "" : ", ")
          .append(DuckText.identifier(Types.memberName(type, member)))
          .append(" := ")
          .append(Coercion.sql(checked(values.get(i), member.type()), member.type()));
    }
    return Typed.of("struct_pack(" + sql + ")", type);
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
