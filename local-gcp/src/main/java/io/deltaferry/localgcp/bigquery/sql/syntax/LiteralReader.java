package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.nio.charset.StandardCharsets;

/** Reads string and bytes literals in all their forms, and backtick names. */
final class LiteralReader {
  /**
   * What was read.
   *
   * @param value the characters; of bytes each as the character of that code
   */
  record Literal(String value, boolean bytes, int end) {}

  private final String text;
  private final Position position;
  private final String quote;
  private final boolean raw;
  private final boolean bytes;
  private final StringBuilder value = new StringBuilder();
  private int at;

  private LiteralReader(
      String text, int at, Position position, String quote, boolean raw, boolean bytes) {
    this.text = text;
    this.at = at;
    this.position = position;
    this.quote = quote;
    this.raw = raw;
    this.bytes = bytes;
  }

  /** Letters before the quote (r, b, rb, br) when a literal starts here, else -1. */
  static int prefixLength(String text, int at) {
    int i = at;
    while (i < text.length() && i - at < 2 && "rRbB".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    if (i - at == 2
        && Character.toLowerCase(text.charAt(at)) == Character.toLowerCase(text.charAt(at + 1))) {
      return -1;
    }
    return i < text.length() && (text.charAt(i) == '\'' || text.charAt(i) == '"') ? i - at : -1;
  }

  static Literal read(String text, int start, int prefix, Position position) {
    String letters = text.substring(start, start + prefix).toLowerCase(java.util.Locale.ROOT);
    char mark = text.charAt(start + prefix);
    String triple = String.valueOf(mark).repeat(3);
    String quote = text.startsWith(triple, start + prefix) ? triple : String.valueOf(mark);
    int from = start + prefix + quote.length();
    return new LiteralReader(
            text, from, position, quote, letters.contains("r"), letters.contains("b"))
        .read("string literal");
  }

  static Literal readName(String text, int start, Position position) {
    Literal name =
        new LiteralReader(text, start + 1, position, "`", false, false).read("identifier literal");
    if (name.value().isEmpty()) {
      throw position.syntaxError("Invalid empty identifier");
    }
    return name;
  }

  private Literal read(String what) {
    while (!text.startsWith(quote, at)) {
      if (at >= text.length() || (quote.length() == 1 && text.charAt(at) == '\n')) {
        throw position.syntaxError(
            "Unclosed " + (quote.length() == 3 ? "triple-quoted " : "") + what);
      }
      step();
    }
    return new Literal(value.toString(), bytes, at + quote.length());
  }

  private void step() {
    char c = text.charAt(at);
    if (c == '\\' && at + 1 < text.length()) {
      if (raw) {
        append(text.substring(at, at + 2));
        at += 2;
      } else {
        escape();
      }
    } else if (c == '\r') {
      // Any line end inside a literal is a line feed.
      at += text.startsWith("\r\n", at) ? 2 : 1;
      append("\n");
    } else {
      int length = Character.charCount(text.codePointAt(at));
      append(text.substring(at, at + length));
      at += length;
    }
  }

  private void append(String characters) {
    value.append(
        bytes
            ? new String(characters.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1)
            : characters);
  }

  private void escape() {
    char c = text.charAt(at + 1);
    at += 2;
    switch (c) {
      case 'a' -> value.append('\u0007');
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'v' -> value.append('\u000b');
      case '\\', '?', '"', '\'', '`' -> value.append(c);
      case 'x', 'X' -> code(2, 16);
      case 'u' -> unicode(4);
      case 'U' -> unicode(8);
      case '0', '1', '2', '3' -> {
        at--;
        code(3, 8);
      }
      default -> throw position.syntaxError("Illegal escape sequence: \\" + c);
    }
  }

  private void unicode(int digits) {
    if (bytes) {
      throw position.syntaxError("Illegal escape sequence: Unicode escapes are not for bytes");
    }
    code(digits, 16);
  }

  private void code(int digits, int radix) {
    int end = at + digits;
    int code = 0;
    for (; at < end; at++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), radix) : -1;
      if (digit < 0) {
        throw position.syntaxError("Illegal escape sequence: expected " + digits + " digits");
      }
      code = code * radix + digit;
    }
    if (!Character.isValidCodePoint(code) || (code >= 0xd800 && code <= 0xdfff)) {
      throw position.syntaxError("Illegal escape sequence: not a Unicode code point");
    }
    value.appendCodePoint(code);
  }
}
