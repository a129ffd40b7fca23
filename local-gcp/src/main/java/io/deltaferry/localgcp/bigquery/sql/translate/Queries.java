package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes queries. */
final class Queries {

  /**
   * A query's text and what it yields; a column's {@code sql} is not used.
   *
   * @param columns in order; names may repeat
   * @param ofValues whether each row is one value, as SELECT AS makes it
   */
  record Result(String sql, List<Relation.Column> columns, boolean ofValues) {
    Result {
      columns = List.copyOf(columns);
    }
  }

  private final Session session;

  Queries(Session session) {
    this.session = session;
  }

  Result write(Query query, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    String with = with(query, scope);
    Result body = body(query, scope);
    StringBuilder sql = new StringBuilder(with).append(body.sql());
    Expr limit = query.limit();
    if (limit != null) {
      Expressions expressions = new Expressions(session, new Scope(null));
      sql.append(" LIMIT ").append(expressions.integer(limit, "LIMIT"));
      Expr offset = query.offset();
      if (offset != null) {
        sql.append(" OFFSET ").append(expressions.integer(offset, "OFFSET"));
      }
    }
    return new Result(sql.toString(), body.columns(), body.ofValues());
  }

  private String with(Query query, Scope scope) {
    if (query.recursive()) {
      throw Position.UNKNOWN.unsupported("WITH RECURSIVE");
    }
    List<String> parts = new ArrayList<>();
    for (Query.Cte cte : query.with()) {
      Result result = write(cte.query(), scope);
      parts.add(DuckText.identifier(cte.name()) + " AS (" + result.sql() + ")");
      scope.query(cte.name(), result);
    }
    return parts.isEmpty() ? "" : "WITH " + String.join(", ", parts) + " ";
  }

  private Result body(Query query, Scope scope) {
    if (query.body() instanceof Query.Select select) {
      return new Selects(session).write(select, query.order(), scope);
    }
    Result result = body(query.body(), scope);
    if (query.order().isEmpty()) {
      return result;
    }
    return new Result(
        result.sql() + " ORDER BY " + outputOrder(query.order(), result),
        result.columns(),
        result.ofValues());
  }

  private Result body(Query.Body body, Scope scope) {
    if (body instanceof Query.Select select) {
      return new Selects(session).write(select, List.of(), scope);
    }
    if (body instanceof Query.Nested nested) {
      Result result = write(nested.query(), scope);
      return new Result("(" + result.sql() + ")", result.columns(), result.ofValues());
    }
    Query.SetOperation operation = (Query.SetOperation) body;
    Result left = body(operation.left(), scope);
    Result right = body(operation.right(), scope);
    return combined(operation.operator(), left, right);
  }

  private static Result combined(String operator, Result left, Result right) {
    int width = left.columns().size();
    if (right.columns().size() != width) {
      throw Position.UNKNOWN.refuse(
          "Queries in "
              + operator
              + " have mismatched column count; query 1 has "
              + width
              + " columns, query 2 has "
              + right.columns().size()
              + " columns");
    }
    List<Relation.Column> columns = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      Relation.Column one = left.columns().get(i);
      TypeName other = right.columns().get(i).type();
      int place = i + 1;
      TypeName type =
          Types.common(one.type(), other)
              .orElseThrow(
                  () ->
                      Position.UNKNOWN.refuse(
                          "Column "
                              + place
                              + " in "
                              + operator
                              + " has incompatible types: "
                              + one.type()
                              + ", "
                              + other));
      columns.add(new Relation.Column(one.name(), "", type));
    }
    return new Result(
        coerced(left, columns) + " " + operator + " " + coerced(right, columns),
        columns,
        left.ofValues());
  }

  /** The query with its columns' types made those wanted. */
  static String coerced(Result result, List<Relation.Column> wanted) {
    boolean same = true;
    List<String> names = new ArrayList<>();
    List<String> values = new ArrayList<>();
    for (int i = 0; i < wanted.size(); i++) {
      String name = "c" + i;
      TypeName from = result.columns().get(i).type();
      TypeName to = wanted.get(i).type();
      same &= from.equals(to);
      names.add(name);
      values.add(
          Coercion.sql(Typed.of(name, from), to)
              + " AS "
              + DuckText.identifier(wanted.get(i).name()));
    }
    return same
        ? result.sql()
        : "SELECT "
            + String.join(", ", values)
            + " FROM ("
            + result.sql()
            + ") AS q("
            + String.join(", ", names)
            + ")";
  }

  private static String outputOrder(List<Query.Order> orders, Result result) {
    return orders.stream()
        .map(order -> place(order.key(), result) + Expressions.direction(order))
        .collect(Collectors.joining(", "));
  }

  private static String place(Expr key, Result result) {
    if (key instanceof Expr.Literal literal && literal.type() == Expr.LiteralType.INT64) {
      return literal.value();
    }
    if (key instanceof Expr.Path path && path.names().size() == 1) {
      for (int i = 0; i < result.columns().size(); i++) {
        if (result.columns().get(i).name().equalsIgnoreCase(path.names().get(0))) {
          return String.valueOf(i + 1);
        }
      }
      throw path.position().refuse("Unrecognized name: " + path.names().get(0));
    }
    throw Position.UNKNOWN.unsupported("ORDER BY an expression after a set operation");
  }
}
