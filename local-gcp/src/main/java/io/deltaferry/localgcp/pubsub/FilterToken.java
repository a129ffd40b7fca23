package io.deltaferry.localgcp.pubsub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One word, symbol or string literal of a filter; literals are already unescaped. */
record FilterToken(Kind kind, String text) {
  enum Kind {
    WORD,
    LITERAL,
    SYMBOL,
    END
  }

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<literal>\"(?:[^\"\\\\]|\\\\.)*\")|(?<symbol>!=|[=:.,()])|(?<minus>-(?=[\\s(a-z]))"
              + "|(?<word>[A-Za-z0-9_-]+))",
          Pattern.DOTALL);

  static List<FilterToken> tokens(String filter) {
    List<FilterToken> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(filter);
    int position = 0;
    while (!filter.substring(position).isBlank()) {
      if (!matcher.find(position) || matcher.start() != position) {
        throw Refusal.invalid(
            "Invalid filter: unexpected character at position " + position + " of: " + filter);
      }
      tokens.add(tokenOf(matcher, filter));
      position = matcher.end();
    }
    tokens.add(new FilterToken(Kind.END, ""));
    return tokens;
  }

  private static FilterToken tokenOf(Matcher matcher, String filter) {
    if (matcher.group("literal") != null) {
      return new FilterToken(Kind.LITERAL, unescape(matcher.group("literal"), filter));
    }
    if (matcher.group("word") != null) {
      return new FilterToken(Kind.WORD, matcher.group("word"));
    }
    String symbol = matcher.group("symbol");
    return new FilterToken(Kind.SYMBOL, symbol == null ? "-" : symbol);
  }

  private static String unescape(String literal, String filter) {
    try {
      return literal.substring(1, literal.length() - 1).translateEscapes();
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid("Invalid filter: unknown escape in a string literal of: " + filter);
    }
  }

  boolean isWord(String word) {
    return kind == Kind.WORD && text.equals(word);
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }
}
