package io.deltaferry.table;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads and writes dotted names as PostgreSQL does: unquoted ones fold to lower case, quoted ones
 * stand as they are with {@code ""} for one quote.
 */
public final class PostgresName {
  /** Letters above ASCII are legal unquoted, and PostgreSQL folds only ASCII in UTF-8 databases. */
  private static final String UNQUOTED =
      "[A-Za-z_\\x{80}-\\x{10FFFF}][A-Za-z0-9_$\\x{80}-\\x{10FFFF}]*";

  private static final Pattern PART =
      Pattern.compile(
          "\\G\\s*(?:(?<plain>" + UNQUOTED + ")|\"(?<quoted>(?:[^\"]|\"\")+)\")\\s*(?<dot>\\.|$)");

  private static final Pattern SAFE = Pattern.compile("[a-z_][a-z0-9_$]*");

  /** PostgreSQL cuts longer names silently; here they are refused. */
  static final int MAX_BYTES = 63;

  private PostgresName() {}

  /**
   * The parts of a dotted name.
   *
   * @throws IllegalArgumentException with what is wrong, for a person
   */
  public static List<String> parse(String text) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int end = 0;
    boolean more = true;
    while (more && matcher.find()) {
      parts.add(part(matcher));
      end = matcher.end();
      more = !matcher.group("dot").isEmpty();
    }
    if (more || end != text.length()) {
      throw new IllegalArgumentException(
          "is not a name as PostgreSQL writes it: quote parts that hold more than letters, digits"
              + " and _, as in \"My Schema\".\"My.Table\"");
    }
    return parts;
  }

  /** The name as it must be written in SQL: quoted when folding or its letters ask for it. */
  public static String written(String name) {
    return SAFE.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String part(Matcher matcher) {
    String plain = matcher.group("plain");
    String name = plain != null ? foldAscii(plain) : matcher.group("quoted").replace("\"\"", "\"");
    if (name.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
      throw new IllegalArgumentException(
          "holds a name of more than %d bytes, which PostgreSQL would cut".formatted(MAX_BYTES));
    }
    return name;
  }

  private static String foldAscii(String plain) {
    StringBuilder folded = new StringBuilder(plain.length());
    plain.codePoints().forEach(c -> folded.appendCodePoint(c < 128 ? Character.toLowerCase(c) : c));
    return folded.toString();
  }
}
