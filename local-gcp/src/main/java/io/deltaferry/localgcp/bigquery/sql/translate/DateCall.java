package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Set;

/**
 * A call of a function that takes a date part.
 *
 * @param type the one in the function's name
 */
record DateCall(Expr.Call call, TypeName type, Expressions expressions) {
  private static final Set<TypeName> POINTS = Set.of(Types.DATE, Types.DATETIME, Types.TIMESTAMP);

  /** Refuses other numbers of arguments. */
  void takes(int least, int most) {
    int given = call.arguments().size();
    if (given < least || given > most) {
      throw call.position()
          .refuse(
              "No matching signature for function "
                  + call.name()
                  + ": it takes "
                  + least
                  + (most > least ? " or " + most : "")
                  + " arguments");
    }
  }

  Expr argument(int index) {
    return call.arguments().get(index);
  }

  /** The first argument: DATE_ADD and its kin also take another point in time and keep its type. */
  Typed point() {
    Typed given = expressions.write(argument(0));
    boolean keeps =
        POINTS.contains(given.type())
            && !type.equals(Types.TIME)
            && !Types.coerces(given.type(), type);
    TypeName own = given.type().equals(Types.DATE) ? Types.DATETIME : given.type();
    TypeName wanted = keeps ? own : type;
    return Typed.of(coerced(given, wanted), wanted);
  }

  String value(int index, TypeName wanted) {
    return coerced(expressions.write(argument(index)), wanted);
  }

  private String coerced(Typed value, TypeName wanted) {
    if (!Coercion.possible(value, wanted)) {
      throw Operators.noMatch("function " + call.name(), List.of(value.type()), call.position());
    }
    return Coercion.sql(value, wanted);
  }

  String part(int index) {
    return DateParts.read(call, index);
  }

  GoogleError invalid(String part) {
    return DateParts.invalid(call.name(), part, call.position());
  }
}
