package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes one SELECT with its ORDER BY. */
final class Selects {

  /** One output column: its name and value. */
  private record Output(String name, boolean anonymous, Typed value) {}

  private final Session session;

  Selects(Session session) {
    this.session = session;
  }

  Queries.Result write(Query.Select select, List<Query.Order> order, @Nullable Scope outer) {
    Scope scope = new Scope(outer);
    Query.Source from = select.from();
    Sources sources = new Sources(session, scope, outer);
    String source = from == null ? "" : " FROM " + sources.write(from);
    PartitionFilters.check(sources.reads(), from, select.where());
    Expressions expressions = new Expressions(session, scope);
    List<Output> outputs = outputs(select, scope, expressions);
    StringBuilder rest = new StringBuilder(source);
    Expr where = select.where();
    if (where != null) {
      rest.append(" WHERE ").append(expressions.condition(where, "WHERE clause"));
    }
    for (Output output : outputs) {
      if (!output.anonymous()) {
        // A source's column of that name wins where it is not ambiguous, as in BigQuery's GROUP BY.
        scope.alias(output.name(), output.value());
      }
    }
    rest.append(tail(select, expressions, outputs));
    if (!order.isEmpty()) {
      rest.append(" ORDER BY ").append(order(order, expressions, outputs));
    }
    return new Queries.Result(
        head(select, outputs) + rest, columns(select, outputs), select.as() != null);
  }

  private static String head(Query.Select select, List<Output> outputs) {
    String distinct = select.distinct() ? "SELECT DISTINCT " : "SELECT ";
    if ("STRUCT".equals(select.as())) {
      TypeName.Struct row = row(outputs);
      return distinct
          + IntStream.range(0, outputs.size())
              .mapToObj(
                  i ->
                      DuckText.identifier(Types.memberName(row, i))
                          + " := "
                          + outputs.get(i).value().sql())
              .collect(Collectors.joining(", ", "struct_pack(", ")"));
    }
    return distinct
        + outputs.stream()
            .map(o -> o.value().sql() + " AS " + DuckText.identifier(o.name()))
            .collect(Collectors.joining(", "));
  }

  private static List<Relation.Column> columns(Query.Select select, List<Output> outputs) {
    List<Relation.Column> columns = new ArrayList<>();
    for (Output output : outputs) {
      Typed value = output.value();
      columns.add(new Relation.Column(output.name(), "", value.type(), value.literal()));
    }
    if ("VALUE".equals(select.as()) && columns.size() != 1) {
      throw Position.UNKNOWN.refuse("SELECT AS VALUE query must have exactly one column");
    }
    return "STRUCT".equals(select.as())
        ? List.of(new Relation.Column("f0_", "", row(outputs)))
        : columns;
  }

  private static TypeName.Struct row(List<Output> outputs) {
    return new TypeName.Struct(
        outputs.stream()
            .map(o -> new TypeName.Member(o.anonymous() ? null : o.name(), o.value().type()))
            .toList());
  }

  private List<Output> outputs(Query.Select select, Scope scope, Expressions expressions) {
    List<Output> outputs = new ArrayList<>();
    int anonymous = 0;
    for (Query.Item item : select.items()) {
      if (item instanceof Query.StarItem star) {
        outputs.addAll(star(star, scope, expressions));
        continue;
      }
      Query.ExprItem expression = (Query.ExprItem) item;
      String alias = expression.alias();
      String name = alias == null ? expression.value().impliedName() : alias;
      Typed value = expressions.write(expression.value());
      outputs.add(new Output(name == null ? "f" + anonymous++ + "_" : name, name == null, value));
    }
    return outputs;
  }

  private List<Output> star(Query.StarItem star, Scope scope, Expressions expressions) {
    List<Output> all = new ArrayList<>();
    Expr base = star.base();
    if (base == null) {
      all.addAll(everything(scope));
    } else {
      all.addAll(members(base, scope, expressions));
    }
    for (String except : star.except()) {
      if (!all.removeIf(output -> output.name().equalsIgnoreCase(except))) {
        throw Position.UNKNOWN.refuse(
            "Column " + except + " in SELECT * EXCEPT list does not exist");
      }
    }
    for (Query.ExprItem replace : star.replace()) {
      replace(all, String.valueOf(replace.alias()), expressions.write(replace.value()));
    }
    return all;
  }

  private static void replace(List<Output> all, String name, Typed value) {
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equalsIgnoreCase(name)) {
        all.set(i, new Output(all.get(i).name(), false, value));
        return;
      }
    }
    throw Position.UNKNOWN.refuse("Column " + name + " in SELECT * REPLACE list does not exist");
  }

  private static List<Output> everything(Scope scope) {
    if (scope.relations().isEmpty()) {
      throw Position.UNKNOWN.refuse("SELECT * must have a FROM clause");
    }
    return outputs(scope.star());
  }

  private static List<Output> outputs(List<Relation.Column> columns) {
    return columns.stream()
        .map(c -> new Output(c.name(), false, Typed.of(c.sql(), c.type())))
        .toList();
  }

  private static List<Output> members(Expr base, Scope scope, Expressions expressions) {
    if (base instanceof Expr.Path path && path.names().size() == 1) {
      for (Relation relation : scope.relations()) {
        if (path.names().get(0).equalsIgnoreCase(relation.alias())) {
          return outputs(relation.columns());
        }
      }
    }
    Typed value = expressions.write(base);
    if (!(value.type() instanceof TypeName.Struct struct)) {
      throw Position.UNKNOWN.refuse("Dot-star is not supported for type " + value.type());
    }
    List<Output> members = new ArrayList<>();
    for (int i = 0; i < struct.members().size(); i++) {
      Typed member = Types.member(value.sql(), struct, i);
      members.add(new Output(Types.memberName(struct, i), false, member));
    }
    return members;
  }

  private static String tail(Query.Select select, Expressions expressions, List<Output> outputs) {
    StringBuilder sql = new StringBuilder();
    Query.GroupBy groupBy = select.groupBy();
    if (groupBy != null) {
      sql.append(" GROUP BY ")
          .append(groupBy.keys().isEmpty() ? "ALL" : keys(groupBy, expressions, outputs));
    }
    Expr having = select.having();
    if (having != null) {
      sql.append(" HAVING ").append(expressions.condition(having, "HAVING clause"));
    }
    if (!select.windows().isEmpty()) {
      sql.append(
          select.windows().stream()
              .map(
                  w ->
                      DuckText.identifier(w.name())
                          + " AS "
                          + Windows.write(w.window(), expressions))
              .collect(Collectors.joining(", ", " WINDOW ", "")));
    }
    Expr qualify = select.qualify();
    if (qualify != null) {
      sql.append(" QUALIFY ").append(expressions.condition(qualify, "QUALIFY clause"));
    }
    return sql.toString();
  }

  private static String keys(Query.GroupBy groupBy, Expressions expressions, List<Output> outputs) {
    return groupBy.keys().stream()
        .map(
            key ->
                ordinal(key, outputs, "GROUP BY")
                    ? ((Expr.Literal) key).value()
                    : groupable(expressions.write(key)))
        .collect(Collectors.joining(", "));
  }

  private static String groupable(Typed key) {
    if (key.type().equals(Types.JSON)) {
      throw Position.UNKNOWN.refuse("Grouping by expressions of type JSON is not allowed");
    }
    return key.sql();
  }

  private static boolean ordinal(Expr key, List<Output> outputs, String clause) {
    if (!(key instanceof Expr.Literal literal) || literal.type() != Expr.LiteralType.INT64) {
      return false;
    }
    long place = Literals.int64(literal);
    if (place < 1 || place > outputs.size()) {
      throw literal.position().refuse(clause + " is out of SELECT column number range: " + place);
    }
    return true;
  }

  private static String order(
      List<Query.Order> order, Expressions expressions, List<Output> outputs) {
    return order.stream()
        .map(o -> orderKey(o.key(), expressions, outputs) + Expressions.direction(o))
        .collect(Collectors.joining(", "));
  }

  // The select list's names win over the sources' in ORDER BY.
  private static String orderKey(Expr key, Expressions expressions, List<Output> outputs) {
    if (ordinal(key, outputs, "ORDER BY")) {
      return ((Expr.Literal) key).value();
    }
    if (key instanceof Expr.Path path && path.names().size() == 1) {
      for (int i = 0; i < outputs.size(); i++) {
        if (outputs.get(i).name().equalsIgnoreCase(path.names().get(0))) {
          return String.valueOf(i + 1);
        }
      }
    }
    Typed value = expressions.write(key);
    if (!(value.type() instanceof TypeName.Scalar) || value.type().equals(Types.JSON)) {
      throw Position.UNKNOWN.refuse(
          "ORDER BY does not support expressions of type " + value.type());
    }
    return value.sql();
  }
}
