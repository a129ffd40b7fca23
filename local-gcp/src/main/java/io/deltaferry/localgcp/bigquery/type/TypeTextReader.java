package io.deltaferry.localgcp.bigquery.type;

/** Steps through the text of a type: words, quoted names and punctuation. */
final class TypeTextReader {
  private final String text;
  private final char nameQuote;
  private int position;

  /**
   * @param nameQuote what encloses a name that is no plain word
   */
  TypeTextReader(String text, char nameQuote) {
    this.text = text;
    this.nameQuote = nameQuote;
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

  /** True when the next thing is a letter, a digit or an underscore. */
  boolean atWord() {
    skipSpace();
    return position < text.length() && isWord(text.charAt(position));
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

  /** A plain or quoted name; a doubled quote inside stands for one. */
  String name() {
    if (!take(nameQuote)) {
      return word();
    }
    StringBuilder name = new StringBuilder();
    while (position < text.length()) {
      char c = text.charAt(position++);
      if (c != nameQuote) {
        name.append(c);
      } else if (position < text.length() && text.charAt(position) == nameQuote) {
        name.append(text.charAt(position++));
      } else {
        return name.toString();
      }
    }
    throw unreadable();
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
