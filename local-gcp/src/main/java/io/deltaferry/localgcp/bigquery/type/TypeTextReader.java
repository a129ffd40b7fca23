package io.deltaferry.localgcp.bigquery.type;

/** Steps through the text of a type: words, quoted names and punctuation. */
final class TypeTextReader {
  private final String text;
  private int position;

  TypeTextReader(String text) {
    this.text = text;
  }

  /** Takes the character if it comes next, after white space. */
  boolean take(char c) {
    skipSpace();
    boolean found = position < text.length() && text.charAt(position) == c;
    position += found ? 1 : 0;
    return found;
  }

  void expect(char c) {
    if (!take(c)) {
      throw unreadable();
    }
  }

  boolean atEnd() {
    skipSpace();
    return position == text.length();
  }

  String word() {
    skipSpace();
    int start = position;
    while (position < text.length() && isWord(text.charAt(position))) {
      position++;
    }
    if (start == position) {
      throw unreadable();
    }
    return text.substring(start, position);
  }

  int number() {
    try {
      return Integer.parseInt(word());
    } catch (NumberFormatException e) {
      throw unreadable();
    }
  }

  /** A plain word, or whatever stands between backticks. */
  String name() {
    if (!take('`')) {
      return word();
    }
    int end = text.indexOf('`', position);
    if (end < 0) {
      throw unreadable();
    }
    String name = text.substring(position, end);
    position = end + 1;
    return name;
  }

  IllegalArgumentException unreadable() {
    return new IllegalArgumentException("not a type: " + text + " at " + position);
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
