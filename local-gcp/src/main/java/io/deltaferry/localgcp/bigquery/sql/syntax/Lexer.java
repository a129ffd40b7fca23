package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Cuts GoogleSQL text into tokens, without comments and white space. */
final class Lexer {
  private static final List<String> LONG_SYMBOLS =
      List.of("<=", ">=", "<>", "!=", "||", "<<", ">>", "=>");
  private static final String SYMBOLS = "()[]{}<>=!,.;:+-*/|&^~%$#\\";

  private final String text;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int line;
  private int lineStart;
  private int positional;

  private Lexer(String text, Position first) {
    this.text = text;
    this.line = first.line();
    this.lineStart = 1 - first.column();
  }

  /**
   * All tokens of the text, an END last.
   *
   * @param first where the text starts in its script
   */
  static List<Token> tokens(String text, Position first) {
    Lexer lexer = new Lexer(text, first);
    while (lexer.skipBlanks()) {
      lexer.read();
    }
    lexer.add(Token.Kind.END, lexer.at, "");
    return List.copyOf(lexer.tokens);
  }

  private void read() {
    char c = text.charAt(at);
    int prefix = LiteralReader.prefixLength(text, at);
    if (prefix >= 0) {
      literal(prefix);
    } else if (isNameStart(c)) {
      word();
    } else if (c == '`') {
      quotedName();
    } else if (isDigit(c) || (c == '.' && isDigit(peek(1)) && !afterName())) {
      number();
    } else if (c == '@') {
      parameter();
    } else if (c == '?') {
      at++;
      add(Token.Kind.POSITIONAL_PARAMETER, at - 1, String.valueOf(positional++));
    } else {
      symbol(c);
    }
  }

  private void literal(int prefix) {
    int start = at;
    Position position = position();
    LiteralReader.Literal literal = LiteralReader.read(text, start, prefix, position);
    countLines(start, literal.end());
    at = literal.end();
    Token.Kind kind = literal.bytes() ? Token.Kind.BYTES : Token.Kind.STRING;
    tokens.add(new Token(kind, text.substring(start, at), literal.value(), start, at, position));
  }

  private void quotedName() {
    int start = at;
    Position position = position();
    LiteralReader.Literal name = LiteralReader.readName(text, start, position);
    at = name.end();
    tokens.add(
        new Token(
            Token.Kind.QUOTED_IDENTIFIER,
            text.substring(start, at),
            name.value(),
            start,
            at,
            position));
  }

  private void word() {
    int start = at;
    while (isNamePart(peek(0))) {
      at++;
    }
    add(Token.Kind.IDENTIFIER, start, text.substring(start, at));
  }

  private void number() {
    int start = at;
    // After a dot, digits are a part of a path (`t.1a`), which no table of ours has.
    if (peek(0) == '0' && (peek(1) == 'x' || peek(1) == 'X')) {
      at += 2;
      while (Character.digit(peek(0), 16) >= 0) {
        at++;
      }
      add(Token.Kind.INTEGER, start, text.substring(start, at));
      return;
    }
    boolean floating = digits();
    if (peek(0) == '.') {
      floating = true;
      at++;
      digits();
    }
    if (peek(0) == 'e' || peek(0) == 'E') {
      int sign = peek(1) == '+' || peek(1) == '-' ? 2 : 1;
      if (isDigit(peek(sign))) {
        floating = true;
        at += sign;
        digits();
      }
    }
    if (isNameStart(peek(0))) {
      throw position().syntaxError("Missing whitespace between literal and alias");
    }
    Token.Kind kind = floating ? Token.Kind.FLOAT : Token.Kind.INTEGER;
    add(kind, start, text.substring(start, at).toLowerCase(Locale.ROOT));
  }

  /** Skips digits; always false, so that a number starts out as an integer. */
  private boolean digits() {
    while (isDigit(peek(0))) {
      at++;
    }
    return false;
  }

  private void parameter() {
    int start = at;
    boolean system = peek(1) == '@';
    at += system ? 2 : 1;
    int nameStart = at;
    while (isNamePart(peek(0)) || (system && peek(0) == '.')) {
      at++;
    }
    if (at == nameStart) {
      throw at(start).syntaxError("Unexpected \"@\"");
    }
    Token.Kind kind = system ? Token.Kind.SYSTEM_VARIABLE : Token.Kind.NAMED_PARAMETER;
    add(kind, start, text.substring(nameStart, at).toLowerCase(Locale.ROOT));
  }

  private void symbol(char c) {
    int start = at;
    String two = text.substring(at, Math.min(text.length(), at + 2));
    if (LONG_SYMBOLS.contains(two)) {
      at += 2;
    } else if (SYMBOLS.indexOf(c) >= 0) {
      at++;
    } else {
      throw position().syntaxError("Illegal input character \"" + c + '"');
    }
    add(Token.Kind.SYMBOL, start, text.substring(start, at));
  }

  /** Moves to the next token; false at the end of the text. */
  private boolean skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        at++;
        line++;
        lineStart = at;
      } else if (Character.isWhitespace(c) || c == '\u00a0' || c == '\ufeff') {
        at++;
      } else if (c == '#' || text.startsWith("--", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (text.startsWith("/*", at)) {
        skipBlockComment();
      } else {
        return true;
      }
    }
    return false;
  }

  private void skipBlockComment() {
    int end = text.indexOf("*/", at + 2);
    if (end < 0) {
      throw position().syntaxError("Unclosed comment");
    }
    countLines(at, end);
    at = end + 2;
  }

  private void countLines(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
  }

  private boolean afterName() {
    if (tokens.isEmpty()) {
      return false;
    }
    Token last = tokens.get(tokens.size() - 1);
    return last.end() == at
        && (last.kind() == Token.Kind.IDENTIFIER || last.kind() == Token.Kind.QUOTED_IDENTIFIER);
  }

  private void add(Token.Kind kind, int start, String value) {
    tokens.add(new Token(kind, text.substring(start, at), value, start, at, at(start)));
  }

  private Position position() {
    return at(at);
  }

  private Position at(int offset) {
    return new Position(line, offset - lineStart + 1);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isNameStart(char c) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c);
  }
}
