package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads queries. */
final class QueryParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  QueryParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens);
  }

  /** Whether a query's first word stands so many tokens ahead, perhaps after a parenthesis. */
  static boolean startsQuery(Tokens tokens, int ahead) {
    return tokens.peek(ahead).isWord("SELECT") || tokens.peek(ahead).isWord("WITH");
  }

  Query query() {
    List<Query.Cte> with = new ArrayList<>();
    boolean recursive = false;
    if (tokens.accept("WITH")) {
      recursive = tokens.accept("RECURSIVE");
      with.addAll(tokens.separated(this::cte));
    }
    Query.Body body = body();
    List<Query.Order> order = tokens.accept("ORDER", "BY") ? orders() : List.of();
    Expr limit = null;
    Expr offset = null;
    if (tokens.accept("LIMIT")) {
      limit = expressions.expression();
      offset = tokens.accept("OFFSET") ? expressions.expression() : null;
    }
    return new Query(with, recursive, body, order, limit, offset);
  }

  private Query.Cte cte() {
    String name = tokens.name();
    tokens.expect("AS");
    return new Query.Cte(name, nested());
  }

  private Query nested() {
    tokens.expectSymbol("(");
    Query query = query();
    tokens.expectSymbol(")");
    return query;
  }

  private Query.Body body() {
    Query.Body left = term();
    String previous = null;
    while (tokens.isWord("UNION") || tokens.isWord("INTERSECT") || tokens.isWord("EXCEPT")) {
      Position position = tokens.position();
      String operator = setOperator();
      if (previous != null && !previous.equals(operator)) {
        throw position.syntaxError(
            "Different set operations cannot be used in the same query without using parentheses"
                + " for grouping");
      }
      left = new Query.SetOperation(operator, left, term());
      previous = operator;
    }
    return left;
  }

  private String setOperator() {
    String word = tokens.next().text().toUpperCase(Locale.ROOT);
    if (word.equals("UNION") && tokens.accept("ALL")) {
      return "UNION ALL";
    }
    if (tokens.isWord("ALL")) {
      throw tokens.position().unsupported(word + " ALL");
    }
    if (!tokens.accept("DISTINCT")) {
      throw tokens.unexpected("keyword ALL or keyword DISTINCT");
    }
    // Bare, these are DuckDB's distinct forms.
    return word;
  }

  private Query.Body term() {
    if (tokens.isSymbol("(")) {
      return new Query.Nested(nested());
    }
    if (!tokens.isWord("SELECT")) {
      throw tokens.unexpected();
    }
    return select();
  }

  private Query.Select select() {
    tokens.expect("SELECT");
    boolean distinct = tokens.accept("DISTINCT");
    if (!distinct) {
      tokens.accept("ALL");
    }
    String as = null;
    if (tokens.accept("AS")) {
      as = tokens.accept("STRUCT") ? "STRUCT" : asValue();
    }
    List<Query.Item> items = items();
    Query.Source from = tokens.accept("FROM") ? new SourceParser(tokens).sources() : null;
    Expr where = tokens.accept("WHERE") ? expressions.expression() : null;
    Query.GroupBy groupBy = tokens.accept("GROUP", "BY") ? groupBy() : null;
    Expr having = tokens.accept("HAVING") ? expressions.expression() : null;
    Expr qualify = tokens.accept("QUALIFY") ? expressions.expression() : null;
    List<Query.NamedWindow> windows =
        tokens.accept("WINDOW") ? tokens.separated(this::namedWindow) : List.of();
    return new Query.Select(distinct, as, items, from, where, groupBy, having, qualify, windows);
  }

  private String asValue() {
    tokens.expect("VALUE");
    return "VALUE";
  }

  private List<Query.Item> items() {
    List<Query.Item> items = new ArrayList<>();
    do {
      if (!items.isEmpty() && (tokens.isWord("FROM") || tokens.atEnd())) {
        // A comma may end the list.
        break;
      }
      items.add(item());
    } while (tokens.acceptSymbol(","));
    return items;
  }

  private Query.Item item() {
    if (tokens.acceptSymbol("*")) {
      return star(null);
    }
    Expr value = expressions.expression();
    if (tokens.isSymbol(".") && tokens.peek(1).isSymbol("*")) {
      tokens.next();
      tokens.next();
      return star(value);
    }
    return new Query.ExprItem(value, tokens.alias());
  }

  private Query.StarItem star(@Nullable Expr base) {
    List<String> except =
        tokens.isWord("EXCEPT") && tokens.peek(1).isSymbol("(") && tokens.accept("EXCEPT")
            ? tokens.parenthesized(tokens::name)
            : List.of();
    List<Query.ExprItem> replace =
        tokens.accept("REPLACE") ? tokens.parenthesized(this::replacement) : List.of();
    return new Query.StarItem(base, except, replace);
  }

  private Query.ExprItem replacement() {
    Expr value = expressions.expression();
    tokens.accept("AS");
    return new Query.ExprItem(value, tokens.name());
  }

  private Query.GroupBy groupBy() {
    if (tokens.accept("ALL")) {
      return new Query.GroupBy(List.of());
    }
    for (String word : List.of("ROLLUP", "CUBE", "GROUPING")) {
      if (tokens.isWord(word)) {
        throw tokens.position().unsupported("GROUP BY " + word);
      }
    }
    return new Query.GroupBy(tokens.separated(expressions::expression));
  }

  private Query.NamedWindow namedWindow() {
    String name = tokens.name();
    tokens.expect("AS");
    return new Query.NamedWindow(name, new CallParser(tokens).window());
  }

  List<Query.Order> orders() {
    return tokens.separated(this::order);
  }

  private Query.Order order() {
    Expr key = expressions.expression();
    if (tokens.isWord("COLLATE")) {
      throw tokens.position().unsupported("COLLATE");
    }
    boolean descending = tokens.accept("DESC");
    if (!descending) {
      tokens.accept("ASC");
    }
    if (tokens.accept("NULLS", "FIRST")) {
      return new Query.Order(key, descending, true);
    }
    return new Query.Order(key, descending, tokens.accept("NULLS", "LAST") ? false : null);
  }
}
