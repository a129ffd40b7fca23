package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.TypeName;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/** Function calls: only those that mean here exactly what they mean in BigQuery. */
final class Functions {
  private static final Map<String, List<Signature>> KNOWN =
      Resource.lines("functions.txt").stream()
          .map(Signature::parse)
          .collect(Collectors.groupingBy(Signature::name));

  // BigQuery's own, which nobody needed here yet.
  private static final Set<String> UNSUPPORTED =
      Resource.lines("unsupported-functions.txt").stream()
          .flatMap(line -> Arrays.stream(line.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  private final Session session;
  private final Expressions expressions;

  Functions(Session session, Expressions expressions) {
    this.session = session;
    this.expressions = expressions;
  }

  /** A function that may be written without parentheses. */
  Expr.Call bare(Expr.Path path) {
    String name = path.names().get(0).toUpperCase(Locale.ROOT);
    return new Expr.Call(
        name, false, List.of(), false, null, List.of(), null, null, path.position());
  }

  Typed call(Expr.Call call) {
    boolean analytic = AnalyticFunctions.knows(call.name());
    if (analytic || Aggregates.knows(call.name())) {
      if (call.safe()) {
        throw call.position()
            .refuse("Function " + call.name() + " does not support SAFE error mode");
      }
      return analytic
          ? AnalyticFunctions.write(call, expressions)
          : new Aggregates(expressions).write(call);
    }
    if (DateFunctions.knows(call)) {
      return safely(call, DateFunctions.write(call, expressions));
    }
    if (call.name().startsWith("CURRENT_")) {
      return new CurrentTime(session, expressions).write(call);
    }
    plainOnly(call);
    List<Typed> arguments = call.arguments().stream().map(expressions::write).toList();
    return switch (call.name()) {
      case "FORMAT" -> FormatText.write(call, arguments);
      case "TO_JSON", "TO_JSON_STRING" -> JsonText.write(call, arguments);
      default -> safely(call, byTypes(call, arguments));
    };
  }

  private static void plainOnly(Expr.Call call) {
    boolean star = call.arguments().stream().anyMatch(Expr.Star.class::isInstance);
    boolean aggregating =
        call.distinct() || star || call.window() != null || !call.order().isEmpty();
    if ((KNOWN.containsKey(call.name()) && aggregating) || call.nulls() != null) {
      throw call.position()
          .refuse("Function " + call.name() + " is neither an aggregate nor an analytic function");
    }
  }

  private static Typed byTypes(Expr.Call call, List<Typed> arguments) {
    List<Signature> candidates = KNOWN.get(call.name());
    if (candidates == null) {
      throw UNSUPPORTED.contains(call.name())
          ? call.position().unsupported("function " + call.name())
          : call.position().refuse("Function not found: " + call.name());
    }
    Signature best = null;
    int least = Integer.MAX_VALUE;
    for (Signature candidate : candidates) {
      OptionalInt distance = candidate.distance(arguments);
      if (distance.isPresent() && distance.getAsInt() < least) {
        best = candidate;
        least = distance.getAsInt();
      }
    }
    if (best == null) {
      List<TypeName> types = arguments.stream().map(Typed::type).toList();
      throw Operators.noMatch("function " + call.name(), types, call.position());
    }
    if (best.template().startsWith("!")) {
      throw call.position().unsupported(best.template().substring(1));
    }
    return best.write(arguments);
  }

  private static Typed safely(Expr.Call call, Typed value) {
    return call.safe() ? Typed.of("TRY(" + value.sql() + ")", value.type()) : value;
  }
}
