package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.Locale;

/**
 * A lexical unit.
 *
 * @param text as written
 * @param value what it means: a string's characters, a quoted identifier's name, a parameter's name
 *     or, of a positional one, its place in the text; bytes as Latin-1
 * @param start offset of its first character in the script
 * @param end offset after its last character
 */
record Token(Kind kind, String text, String value, int start, int end, Position position) {
  enum Kind {
    IDENTIFIER,
    QUOTED_IDENTIFIER,
    STRING,
    BYTES,
    INTEGER,
    FLOAT,
    NAMED_PARAMETER,
    POSITIONAL_PARAMETER,
    SYSTEM_VARIABLE,
    SYMBOL,
    END
  }

  boolean isSymbol(String symbol) {
    return kind == Kind.SYMBOL && text.equals(symbol);
  }

  /** Whether it is this word, unquoted, in any case. */
  boolean isWord(String word) {
    return kind == Kind.IDENTIFIER && text.equalsIgnoreCase(word);
  }

  boolean isReserved() {
    return kind == Kind.IDENTIFIER && Reserved.WORDS.contains(text.toUpperCase(Locale.ROOT));
  }

  /** Whether it can be a name where no dot stands before it. */
  boolean isName() {
    return kind == Kind.QUOTED_IDENTIFIER || (kind == Kind.IDENTIFIER && !isReserved());
  }

  /** As a syntax error names it. */
  String described() {
    return switch (kind) {
      case IDENTIFIER ->
          isReserved() ? "keyword " + text.toUpperCase(Locale.ROOT) : "identifier \"" + text + '"';
      case QUOTED_IDENTIFIER -> "identifier " + text;
      case STRING -> "string literal " + text;
      case BYTES -> "bytes literal " + text;
      case INTEGER -> "integer literal \"" + text + '"';
      case FLOAT -> "floating point literal \"" + text + '"';
      case NAMED_PARAMETER, POSITIONAL_PARAMETER, SYSTEM_VARIABLE, SYMBOL -> '"' + text + '"';
      case END -> "end of statement";
    };
  }
}
