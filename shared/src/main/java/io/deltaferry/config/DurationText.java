package io.deltaferry.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 90s}, {@code 15m}, {@code 1h30m}, {@code 2d}, or ISO. */
public final class DurationText {
  private static final Pattern SHORT =
      Pattern.compile(
          "(?=\\d)(?<days>\\d{1,9}d)?(?<time>(?:\\d{1,9}h)?(?:\\d{1,9}m)?(?:\\d{1,9}s)?)");

  private DurationText() {}

  /**
   * The duration of the text, never negative.
   *
   * @throws IllegalArgumentException with what is wrong, without repeating the text
   */
  public static Duration parse(String text) {
    try {
      Duration duration = Duration.parse(iso(text));
      if (duration.isNegative()) {
        throw new IllegalArgumentException("is negative; a duration is 0s or longer");
      }
      return duration;
    } catch (DateTimeParseException refused) {
      throw new IllegalArgumentException(
          "is not a duration; write 90s, 15m, 2h, 1h30m or ISO PT15M", refused);
    }
  }

  private static String iso(String text) {
    var match = SHORT.matcher(text);
    if (!match.matches()) {
      return text;
    }
    String days = match.group("days") == null ? "" : match.group("days");
    String time = match.group("time").isEmpty() ? "" : "T" + match.group("time");
    return ("P" + days + time).toUpperCase(Locale.ROOT);
  }
}
