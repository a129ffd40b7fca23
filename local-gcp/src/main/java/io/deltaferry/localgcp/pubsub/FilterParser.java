package io.deltaferry.localgcp.pubsub;

import io.deltaferry.localgcp.pubsub.FilterToken.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads Pub/Sub's filter language.
 *
 * <pre>
 * filter  = term { AND term } | term { OR term }     (mixing both needs parentheses)
 * term    = [ NOT | - ] ( "(" filter ")" | test )
 * test    = attributes:KEY | attributes.KEY (= | !=) "v" | hasPrefix(attributes.KEY, "v")
 * </pre>
 */
final class FilterParser {
  private static final int MAX_BYTES = 256;

  private final String filter;
  private final List<FilterToken> tokens;
  private int next;

  private FilterParser(String filter) {
    this.filter = filter;
    this.tokens = FilterToken.tokens(filter);
  }

  /** The expression; an empty filter lets everything through. */
  static FilterExpression parse(String filter) {
    if (filter.isEmpty()) {
      return new FilterExpression.Everything();
    }
    if (filter.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw Refusal.invalid("Invalid filter: longer than 256 bytes.");
    }
    FilterParser parser = new FilterParser(filter);
    FilterExpression expression = parser.expression();
    if (parser.peek().kind() != Kind.END) {
      throw parser.unexpected("AND, OR or the end");
    }
    return expression;
  }

  private FilterExpression expression() {
    FilterExpression first = term();
    boolean all = peek().isWord("AND");
    if (!all && !peek().isWord("OR")) {
      return first;
    }
    String operator = peek().text();
    List<FilterExpression> operands = new ArrayList<>(List.of(first));
    while (peek().isWord(operator)) {
      next++;
      operands.add(term());
    }
    if (peek().isWord(all ? "OR" : "AND")) {
      throw Refusal.invalid("Invalid filter: AND and OR need parentheses when mixed: " + filter);
    }
    return all ? new FilterExpression.All(operands) : new FilterExpression.Any(operands);
  }

  private FilterExpression term() {
    if (peek().isWord("NOT") || peek().isSymbol("-")) {
      next++;
      return new FilterExpression.Not(term());
    }
    if (peek().isSymbol("(")) {
      next++;
      FilterExpression inner = expression();
      symbol(")");
      return inner;
    }
    if (peek().isWord("hasPrefix")) {
      return hasPrefix();
    }
    return comparison();
  }

  private FilterExpression hasPrefix() {
    next++;
    symbol("(");
    word("attributes");
    symbol(".");
    String key = key();
    symbol(",");
    String prefix = literal();
    symbol(")");
    return new FilterExpression.HasPrefix(key, prefix);
  }

  private FilterExpression comparison() {
    word("attributes");
    if (peek().isSymbol(":")) {
      next++;
      return new FilterExpression.HasKey(key());
    }
    symbol(".");
    String key = key();
    if (peek().isSymbol("!=")) {
      next++;
      return new FilterExpression.Not(new FilterExpression.Equal(key, literal()));
    }
    symbol("=");
    return new FilterExpression.Equal(key, literal());
  }

  private String key() {
    if (peek().kind() != Kind.WORD && peek().kind() != Kind.LITERAL) {
      throw unexpected("an attribute key");
    }
    return tokens.get(next++).text();
  }

  private String literal() {
    if (peek().kind() != Kind.LITERAL) {
      throw unexpected("a string literal in double quotes");
    }
    return tokens.get(next++).text();
  }

  private void symbol(String expected) {
    if (!peek().isSymbol(expected)) {
      throw unexpected(expected);
    }
    next++;
  }

  private void word(String expected) {
    if (!peek().isWord(expected)) {
      throw unexpected(expected);
    }
    next++;
  }

  private FilterToken peek() {
    return tokens.get(next);
  }

  private RuntimeException unexpected(String expected) {
    String found = peek().kind() == Kind.END ? "its end" : "\"" + peek().text() + "\"";
    return Refusal.invalid(
        "Invalid filter: expected %s but found %s in: %s".formatted(expected, found, filter));
  }
}
