package io.deltaferry.config;

import java.util.function.Function;

/** Whole numbers as a person writes them. */
public final class WholeNumberText {
  private WholeNumberText() {}

  /**
   * One of 32 bits.
   *
   * @throws IllegalArgumentException when it is none; the message goes on after the text
   */
  public static int parse(String text) {
    return parsed(text, Integer::valueOf);
  }

  /** The same of 64 bits. */
  public static long parseLong(String text) {
    return parsed(text, Long::valueOf);
  }

  private static <T> T parsed(String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (NumberFormatException refused) {
      throw new IllegalArgumentException("is not a whole number", refused);
    }
  }
}
