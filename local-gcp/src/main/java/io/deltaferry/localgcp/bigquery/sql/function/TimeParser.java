package io.deltaferry.localgcp.bigquery.sql.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PARSE_TIMESTAMP and its kin. */
final class TimeParser {
  private static final Pattern ZONE =
      Pattern.compile("Z|z|[+-]\\d{2}:?\\d{2}|[A-Za-z_]+(/[A-Za-z_]+)*");

  private final String format;
  private final String text;
  private int at;
  private int year = 1970;
  private int month = 1;
  private int day = 1;
  private int hour;
  private int minute;
  private int second;
  private int micros;
  private boolean afternoon;
  private boolean halfDay;
  private @Nullable Integer dayOfYear;
  private @Nullable Long epoch;
  private @Nullable ZoneId zone;

  private TimeParser(String format, String text) {
    this.format = format;
    this.text = text;
  }

  /** Microseconds since the epoch of what the text says, in the zone unless it names its own. */
  static long micros(String format, String text, String zoneName) {
    TimeParser parser = new TimeParser(format, text);
    try {
      parser.run();
      return parser.result(TimeText.zone(zoneName));
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("Failed to parse input string \"" + text + "\"", e);
    }
  }

  private long result(ZoneId standard) {
    if (epoch != null) {
      return Math.multiplyExact(epoch, 1_000_000L);
    }
    int clockHour = halfDay ? hour % 12 + (afternoon ? 12 : 0) : hour;
    LocalDate date =
        dayOfYear == null ? LocalDate.of(year, month, day) : LocalDate.ofYearDay(year, dayOfYear);
    LocalDateTime local = date.atTime(clockHour, minute, second, micros * 1000);
    return TimeText.micros(TimeText.utc(local, zone == null ? standard : zone));
  }

  private void run() {
    skipBlanks();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (Character.isWhitespace(c)) {
        skipBlanks();
      } else if (c != '%' || i + 1 == format.length()) {
        literal(c);
      } else if (format.charAt(i + 1) == 'E' && i + 3 < format.length() + 0 && isExtended(i + 2)) {
        extended(format.charAt(i + 2));
        i += 3;
      } else {
        element(format.charAt(++i));
      }
    }
    skipBlanks();
    if (at != text.length()) {
      throw new IllegalArgumentException(
          "Illegal non-space trailing data '" + text.substring(at) + "' in string '" + text + "'");
    }
  }

  private boolean isExtended(int place) {
    char c = format.charAt(place);
    return (format.charAt(place + 1) == 'S' && (c == '*' || Character.isDigit(c)))
        || format.startsWith("4Y", place);
  }

  private void extended(char c) {
    if (c == '4') {
      year = number(4);
      return;
    }
    second = number(2);
    if (at < text.length() && text.charAt(at) == '.') {
      at++;
      int start = at;
      while (at < text.length() && Character.isDigit(text.charAt(at)) && at - start < 6) {
        at++;
      }
      micros = Integer.parseInt((text.substring(start, at) + "000000").substring(0, 6));
    }
  }

  private void literal(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw new IllegalArgumentException("Failed to parse input string \"" + text + "\"");
    }
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private int number(int most) {
    int start = at;
    while (at < text.length() && at - start < most && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return Integer.parseInt(text.substring(start, at));
  }

  private void each(String elements, char between) {
    for (int i = 0; i < elements.length(); i++) {
      if (i > 0) {
        literal(between);
      }
      element(elements.charAt(i));
    }
  }

  private void element(char element) {
    switch (element) {
      case 'Y' -> year = number(4);
      case 'y' -> {
        int two = number(2);
        year = two < 69 ? 2000 + two : 1900 + two;
      }
      case 'm' -> month = number(2);
      case 'd' -> day = number(2);
      case 'e', 'k', 'l' -> {
        skipBlanks();
        element(element == 'e' ? 'd' : element == 'k' ? 'H' : 'I');
      }
      case 'H' -> hour = number(2);
      case 'I' -> {
        hour = number(2);
        halfDay = true;
      }
      case 'p', 'P' -> {
        afternoon = word(2).equalsIgnoreCase("PM");
        halfDay = true;
      }
      case 'M' -> minute = number(2);
      case 'S' -> second = number(2);
      case 'j' -> dayOfYear = number(3);
      case 'b', 'B', 'h' -> month = monthName();
      case 'F' -> each("Ymd", '-');
      case 'T', 'X' -> each("HMS", ':');
      case 'R' -> each("HM", ':');
      case 'D', 'x' -> each("mdy", '/');
      case 's' -> epoch = (long) number(10);
      case 'z', 'Z' -> zoneName();
      case 'n', 't' -> skipBlanks();
      case '%' -> literal('%');
      default -> throw new IllegalArgumentException("Unsupported format element %" + element);
    }
  }

  private String word(int length) {
    int end = Math.min(text.length(), at + length);
    String word = text.substring(at, end);
    at = end;
    return word;
  }

  private int monthName() {
    String rest = text.substring(at).toLowerCase(Locale.ROOT);
    for (Month candidate : Month.values()) {
      for (TextStyle style : new TextStyle[] {TextStyle.FULL, TextStyle.SHORT}) {
        String name = candidate.getDisplayName(style, Locale.ENGLISH).toLowerCase(Locale.ROOT);
        if (rest.startsWith(name)) {
          at += name.length();
          return candidate.getValue();
        }
      }
    }
    throw new IllegalArgumentException("Failed to parse input string \"" + text + "\"");
  }

  private void zoneName() {
    Matcher matcher = ZONE.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw new IllegalArgumentException("Failed to parse input string \"" + text + "\"");
    }
    zone = TimeText.zone(matcher.group());
    at = matcher.end();
  }
}
