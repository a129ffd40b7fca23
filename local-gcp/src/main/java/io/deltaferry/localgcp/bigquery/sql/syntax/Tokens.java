package io.deltaferry.localgcp.bigquery.sql.syntax;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A cursor over one statement's tokens, with the words a parser needs. */
final class Tokens {
  private final String script;
  private final List<Token> tokens;
  private int at;

  /**
   * @param script the text the tokens' offsets refer to
   * @param tokens the statement's, an END last
   */
  Tokens(String script, List<Token> tokens) {
    this.script = script;
    this.tokens = new ArrayList<>(tokens);
  }

  Token peek() {
    return peek(0);
  }

  Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  Token next() {
    Token token = peek();
    if (at < tokens.size() - 1) {
      at++;
    }
    return token;
  }

  Position position() {
    return peek().position();
  }

  boolean atEnd() {
    return peek().kind() == Token.Kind.END;
  }

  boolean isWord(String word) {
    return peek().isWord(word);
  }

  boolean isSymbol(String symbol) {
    return peek().isSymbol(symbol);
  }

  /** Whether these words stand here, one after the other. */
  boolean areWords(String... words) {
    for (int i = 0; i < words.length; i++) {
      if (!peek(i).isWord(words[i])) {
        return false;
      }
    }
    return true;
  }

  /** Takes these words if all of them stand here. */
  boolean accept(String... words) {
    if (!areWords(words)) {
      return false;
    }
    at += words.length;
    return true;
  }

  boolean acceptSymbol(String symbol) {
    if (!isSymbol(symbol)) {
      return false;
    }
    at++;
    return true;
  }

  void expect(String... words) {
    for (String word : words) {
      if (!accept(word)) {
        throw unexpected("keyword " + word);
      }
    }
  }

  void expectSymbol(String symbol) {
    if (!acceptSymbol(symbol)) {
      throw unexpected('"' + symbol + '"');
    }
  }

  /** Takes a {@code >}, also the first half of a {@code >>}. */
  void expectClosingAngle() {
    Token token = peek();
    if (token.isSymbol(">>")) {
      tokens.set(
          at,
          new Token(Token.Kind.SYMBOL, ">", ">", token.start() + 1, token.end(), token.position()));
      return;
    }
    expectSymbol(">");
  }

  /** A name that needs no dot before it. */
  String name() {
    if (!peek().isName()) {
      throw unexpected("identifier");
    }
    return next().value();
  }

  /** A name after a dot, where keywords are names too. */
  String anyName() {
    Token token = peek();
    if (token.kind() != Token.Kind.IDENTIFIER && token.kind() != Token.Kind.QUOTED_IDENTIFIER) {
      throw unexpected("identifier");
    }
    return next().value();
  }

  /** The name after AS, or a bare one, or null. */
  @org.jspecify.annotations.Nullable
  String alias() {
    if (accept("AS")) {
      return name();
    }
    return peek().isName() ? next().value() : null;
  }

  GoogleError unexpected() {
    Token token = peek();
    return token.position().syntaxError("Unexpected " + token.described());
  }

  GoogleError unexpected(String wanted) {
    Token token = peek();
    return token.position().syntaxError("Expected " + wanted + " but got " + token.described());
  }

  /** What the reader makes of the tokens here, or what the other one does if it refuses. */
  <T> T either(Supplier<T> first, Supplier<T> second) {
    int before = at;
    try {
      return first.get();
    } catch (GoogleError e) {
      at = before;
      return second.get();
    }
  }

  /** The text from an earlier token up to the one before this. */
  String textSince(Token first) {
    return script.substring(first.start(), tokens.get(at - 1).end());
  }

  /** Items between commas. */
  <T> List<T> separated(Supplier<T> item) {
    List<T> items = new ArrayList<>();
    do {
      items.add(item.get());
    } while (acceptSymbol(","));
    return items;
  }

  /** Items between commas and parentheses. */
  <T> List<T> parenthesized(Supplier<T> item) {
    expectSymbol("(");
    List<T> items = separated(item);
    expectSymbol(")");
    return items;
  }
}
