package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Functions that need an OVER clause. */
final class AnalyticFunctions {
  private static final Set<String> NAMES =
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

  private AnalyticFunctions() {}

  static boolean knows(String name) {
    return NAMES.contains(name);
  }

  static Typed write(Expr.Call call, Expressions expressions) {
    if (call.window() == null) {
      throw call.position()
          .refuse("Analytic function " + call.name() + " cannot be called without an OVER clause");
    }
    List<Typed> arguments =
        new ArrayList<>(call.arguments().stream().map(expressions::write).toList());
    TypeName type = type(call, arguments);
    if (arguments.size() == 3) {
      // What LAG and LEAD yield where there is no such row.
      arguments.set(2, Typed.of(Coercion.sql(arguments.get(2), type), type));
    }
    String values = arguments.stream().map(Typed::sql).collect(Collectors.joining(", "));
    String nulls = call.nulls() == null ? "" : " " + call.nulls() + " NULLS";
    return Typed.of(
        call.name().toLowerCase(Locale.ROOT)
            + "("
            + values
            + nulls
            + ")"
            + Windows.over(call, expressions),
        type);
  }

  private static TypeName type(Expr.Call call, List<Typed> arguments) {
    return switch (call.name()) {
      case "ROW_NUMBER", "RANK", "DENSE_RANK", "NTILE" -> Types.INT64;
      case "PERCENT_RANK", "CUME_DIST" -> Types.FLOAT64;
      default -> {
        if (arguments.isEmpty() || arguments.get(0).type().equals(Types.NULL)) {
          throw Aggregates.wrong(call, arguments);
        }
        yield arguments.get(0).type();
      }
    };
  }
}
