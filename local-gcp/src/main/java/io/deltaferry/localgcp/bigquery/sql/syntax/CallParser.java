package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the parentheses of a function call and what may follow them. */
final class CallParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  CallParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  Expr call(List<String> names, Position position) {
    boolean safe = names.size() > 1 && names.get(0).equalsIgnoreCase("SAFE");
    String name =
        String.join(".", safe ? names.subList(1, names.size()) : names).toUpperCase(Locale.ROOT);
    tokens.expectSymbol("(");
    boolean distinct = tokens.accept("DISTINCT");
    List<Expr> arguments = arguments();
    String nulls = nulls();
    if (tokens.isWord("HAVING")) {
      throw tokens.position().unsupported("HAVING MAX and HAVING MIN in a function");
    }
    List<Query.Order> order =
        tokens.accept("ORDER", "BY") ? new QueryParser(tokens).orders() : List.of();
    Expr limit = tokens.accept("LIMIT") ? expressions.expression() : null;
    tokens.expectSymbol(")");
    Expr.Window window = tokens.accept("OVER") ? window() : null;
    return new Expr.Call(name, safe, arguments, distinct, nulls, order, limit, window, position);
  }

  private List<Expr> arguments() {
    List<Expr> arguments = new ArrayList<>();
    if (tokens.isSymbol(")")) {
      return arguments;
    }
    if (tokens.acceptSymbol("*")) {
      arguments.add(new Expr.Star());
      return arguments;
    }
    arguments.addAll(tokens.separated(this::argument));
    return arguments;
  }

  private Expr argument() {
    Expr argument = expressions.expression();
    if (tokens.isSymbol("=>")) {
      throw tokens.position().unsupported("named arguments");
    }
    return argument;
  }

  private @Nullable String nulls() {
    if (tokens.accept("IGNORE", "NULLS")) {
      return "IGNORE";
    }
    return tokens.accept("RESPECT", "NULLS") ? "RESPECT" : null;
  }

  Expr.Window window() {
    if (tokens.peek().isName()) {
      return new Expr.Window(tokens.name(), List.of(), List.of(), null);
    }
    tokens.expectSymbol("(");
    String base = tokens.peek().isName() ? tokens.name() : null;
    List<Expr> partition =
        tokens.accept("PARTITION", "BY") ? tokens.separated(expressions::expression) : List.of();
    List<Query.Order> order =
        tokens.accept("ORDER", "BY") ? new QueryParser(tokens).orders() : List.of();
    Expr.Frame frame = tokens.isWord("ROWS") || tokens.isWord("RANGE") ? frame() : null;
    tokens.expectSymbol(")");
    return new Expr.Window(base, partition, order, frame);
  }

  private Expr.Frame frame() {
    String unit = tokens.next().text().toUpperCase(Locale.ROOT);
    if (!tokens.accept("BETWEEN")) {
      return new Expr.Frame(unit, bound(), null);
    }
    Expr.Frame.Bound start = bound();
    tokens.expect("AND");
    return new Expr.Frame(unit, start, bound());
  }

  private Expr.Frame.Bound bound() {
    if (tokens.accept("CURRENT", "ROW")) {
      return new Expr.Frame.Bound(null, "CURRENT ROW");
    }
    Expr offset = null;
    String prefix = "UNBOUNDED ";
    if (!tokens.accept("UNBOUNDED")) {
      offset = expressions.expression();
      prefix = "";
    }
    if (tokens.accept("PRECEDING")) {
      return new Expr.Frame.Bound(offset, prefix + "PRECEDING");
    }
    tokens.expect("FOLLOWING");
    return new Expr.Frame.Bound(offset, prefix + "FOLLOWING");
  }
}
