package io.deltaferry.config;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sizes as people write them: {@code 64MiB}, {@code 100MB}, or a number of bytes. */
public final class ByteSizeText {
  private static final Pattern SIZE = Pattern.compile("(\\d{1,15}) ?([A-Za-z]*)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L,
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30);

  private ByteSizeText() {}

  /**
   * The number of bytes.
   *
   * @throws IllegalArgumentException with what is wrong, without repeating the text
   */
  public static long parse(String text) {
    Matcher matcher = SIZE.matcher(text);
    Long unit = matcher.matches() ? UNITS.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("is not a size; write 64MiB, 100MB or a number of bytes");
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException tooLarge) {
      throw new IllegalArgumentException("is larger than any object can be", tooLarge);
    }
  }
}
