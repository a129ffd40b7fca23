package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads FROM clauses and table paths. */
final class SourceParser {
  private final Tokens tokens;

  SourceParser(Tokens tokens) {
    this.tokens = tokens;
  }

  /** Sources with commas and joins between them. */
  Query.Source sources() {
    Query.Source left = source();
    while (true) {
      if (tokens.acceptSymbol(",")) {
        left = new Query.Join("CROSS", left, source(), null, List.of());
      } else {
        String type = joinType();
        if (type == null) {
          return left;
        }
        left = join(type, left);
      }
    }
  }

  private @Nullable String joinType() {
    for (String side : List.of("LEFT", "RIGHT", "FULL")) {
      if (tokens.accept(side)) {
        tokens.accept("OUTER");
        tokens.expect("JOIN");
        return side;
      }
    }
    if (tokens.accept("CROSS")) {
      tokens.expect("JOIN");
      return "CROSS";
    }
    if (tokens.accept("INNER")) {
      tokens.expect("JOIN");
      return "INNER";
    }
    return tokens.accept("JOIN") ? "INNER" : null;
  }

  private Query.Source join(String type, Query.Source left) {
    Query.Source right = source();
    if (tokens.accept("ON")) {
      Expr on = new ExpressionParser(tokens).expression();
      return new Query.Join(type, left, right, on, List.of());
    }
    if (tokens.accept("USING")) {
      return new Query.Join(type, left, right, null, tokens.parenthesized(tokens::name));
    }
    // INNER JOIN UNNEST(..) needs no condition.
    if (type.equals("CROSS") || right instanceof Query.Unnest || right instanceof Query.Named) {
      return new Query.Join(type, left, right, null, List.of());
    }
    throw tokens.unexpected("keyword ON or keyword USING");
  }

  /** One source with its alias. */
  Query.Source source() {
    Position position = tokens.position();
    if (tokens.accept("UNNEST")) {
      tokens.expectSymbol("(");
      Expr array = new ExpressionParser(tokens).expression();
      tokens.expectSymbol(")");
      return new Query.Unnest(array, tokens.alias(), offset(), position);
    }
    if (tokens.isSymbol("(")) {
      return parenthesis();
    }
    List<String> names = path();
    if (tokens.isSymbol("(")) {
      throw position.unsupported("table functions");
    }
    refuseSampling();
    String alias = tokens.alias();
    String offset = offset();
    refuseSampling();
    return new Query.Named(names, alias, offset, position);
  }

  private void refuseSampling() {
    if (tokens.areWords("FOR", "SYSTEM_TIME")) {
      throw tokens.position().unsupported("FOR SYSTEM_TIME AS OF");
    }
    if (tokens.isWord("TABLESAMPLE")) {
      throw tokens.position().unsupported("TABLESAMPLE");
    }
    if ((tokens.isWord("PIVOT") || tokens.isWord("UNPIVOT")) && tokens.peek(1).isSymbol("(")) {
      throw tokens.position().unsupported("PIVOT and UNPIVOT");
    }
  }

  private Query.Source parenthesis() {
    if (QueryParser.startsQuery(tokens, 1)) {
      return derived();
    }
    return tokens.either(this::derived, this::grouped);
  }

  private Query.Source derived() {
    tokens.expectSymbol("(");
    Query query = new QueryParser(tokens).query();
    tokens.expectSymbol(")");
    refuseSampling();
    return new Query.Derived(query, tokens.alias());
  }

  private Query.Source grouped() {
    tokens.expectSymbol("(");
    Query.Source sources = sources();
    tokens.expectSymbol(")");
    return sources;
  }

  private @Nullable String offset() {
    if (!tokens.accept("WITH", "OFFSET")) {
      return null;
    }
    String alias = tokens.alias();
    return alias == null ? "offset" : alias;
  }

  /** A table path: dots inside backticks separate too, and a project may have bare dashes. */
  List<String> path() {
    List<String> names = new ArrayList<>();
    do {
      names.addAll(names.isEmpty() ? firstPart() : split(tokens.anyName()));
    } while (tokens.acceptSymbol("."));
    return names;
  }

  private List<String> firstPart() {
    Token first = tokens.peek();
    StringBuilder name = new StringBuilder(tokens.name());
    if (first.kind() == Token.Kind.QUOTED_IDENTIFIER) {
      return split(name.toString());
    }
    int end = first.end();
    while (tokens.isSymbol("-") && tokens.peek().start() == end) {
      tokens.next();
      Token part = tokens.next();
      name.append('-').append(part.text());
      end = part.end();
    }
    return List.of(name.toString());
  }

  private static List<String> split(String name) {
    return Arrays.asList(name.split("\\.", -1));
  }

  /** A table with or without alias. */
  Statement.Target target(boolean aliased) {
    Position position = tokens.position();
    List<String> names = path();
    return new Statement.Target(names, aliased ? tokens.alias() : null, position);
  }
}
