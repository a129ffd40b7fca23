package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.List;

/** ARRAY_AGG and STRING_AGG, which have an order and a limit of their own. */
final class ListAggregates {
  private final Expr.Call call;
  private final Expressions expressions;

  ListAggregates(Expr.Call call, Expressions expressions) {
    this.call = call;
    this.expressions = expressions;
  }

  Typed array(Typed value) {
    if (value.type() instanceof TypeName.Array) {
      throw call.position()
          .refuse("The argument to ARRAY_AGG must not be an array type but was " + value.type());
    }
    return Typed.of(
        list(value.sql(), "IGNORE".equals(call.nulls())),
        new TypeName.Array(Types.known(value.type())));
  }

  Typed string(List<Typed> arguments) {
    Typed value = arguments.get(0);
    if (value.type().equals(Types.BYTES)) {
      throw call.position().unsupported("STRING_AGG of BYTES");
    }
    String text = Aggregates.require(call, value, Types.STRING);
    String delimiter =
        arguments.size() > 1 ? Aggregates.require(call, arguments.get(1), Types.STRING) : "','";
    return Typed.of("array_to_string(" + list(text, true) + ", " + delimiter + ")", Types.STRING);
  }

  private String list(String value, boolean withoutNulls) {
    String distinct = call.distinct() ? "DISTINCT " : "";
    String order = call.order().isEmpty() ? "" : " ORDER BY " + expressions.orders(call.order());
    String filter = withoutNulls ? " FILTER (WHERE " + value + " IS NOT NULL)" : "";
    String list =
        "array_agg(" + distinct + value + order + ")" + filter + Windows.over(call, expressions);
    Expr limit = call.limit();
    return limit == null
        ? list
        : "list_slice(" + list + ", 1, " + expressions.integer(limit, "LIMIT") + ")";
  }
}
