package io.deltaferry.cli.query;

/** Text of others in one line: control characters would break the lines or steer the terminal. */
public final class VisibleText {
  private VisibleText() {}

  public static String of(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints().forEach(codePoint -> shown.append(visible(codePoint)));
    return shown.toString();
  }

  private static String visible(int codePoint) {
    return switch (codePoint) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      default ->
          Character.getType(codePoint) == Character.CONTROL
              ? String.format("\\u%04x", codePoint)
              : Character.toString(codePoint);
    };
  }
}
