package io.deltaferry.localgcp.bigquery.sql.function;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.ZoneId;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** PARSE_TIMESTAMP and its kin. */
final class TimeParser {
  private static final Pattern ZONE =
      Pattern.compile("[+-]\\d{2}(:?\\d{2})?|[A-Za-z_]+(/[A-Za-z_]+)*");
  private static final int MICROS = 6;

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
      } else if (format.startsWith("%Ez", i)) {
        zoneName();
        i += 2;
      } else if (format.charAt(i + 1) == 'E' && i + 3 < format.length() && isExtended(i + 2)) {
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
      String fraction = digits(c == '*' ? MICROS : Math.min(MICROS, c - '0'));
      micros = Integer.parseInt((fraction + "000000").substring(0, MICROS));
    }
  }

  private void literal(char c) {
    if (at >= text.length() || text.charAt(at) != c) {
      throw failed();
    }
    at++;
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private int number(int most) {
    return Integer.parseInt(digits(most));
  }

  /** At least one digit and no more than so many. */
  private String digits(int most) {
    int start = at;
    while (at < text.length() && at - start < most && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw failed();
    }
    return text.substring(start, at);
  }

  private long seconds() {
    boolean negative = text.startsWith("-", at);
    at += negative ? 1 : 0;
    long seconds = Long.parseLong(digits(12));
    return negative ? -seconds : seconds;
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
        if (hour < 1 || hour > 12) {
          throw failed();
        }
        halfDay = true;
      }
      case 'p', 'P' -> afternoon = oneOf(List.of("AM", "PM")) == 1;
      case 'M' -> minute = number(2);
      case 'S' -> second = number(2);
      case 'j' -> dayOfYear = number(3);
      case 'b', 'B', 'h' -> month = name(Month.values(), Month::getDisplayName) + 1;
      case 'a', 'A' -> name(DayOfWeek.values(), DayOfWeek::getDisplayName);
      case 'c' -> {
        each("abe", ' ');
        literal(' ');
        each("TY", ' ');
      }
      case 'F' -> each("Ymd", '-');
      case 'T', 'X' -> each("HMS", ':');
      case 'R' -> each("HM", ':');
      case 'D', 'x' -> each("mdy", '/');
      case 's' -> epoch = seconds();
      case 'z', 'Z' -> zoneName();
      case 'n', 't' -> skipBlanks();
      case '%' -> literal('%');
      default -> throw new IllegalArgumentException("Unsupported format element %" + element);
    }
  }

  private <T> int name(T[] values, Naming<T> naming) {
    List<String> names = new ArrayList<>();
    for (TextStyle style : List.of(TextStyle.FULL, TextStyle.SHORT)) {
      for (T value : values) {
        names.add(naming.of(value, style, Locale.ENGLISH));
      }
    }
    return oneOf(names) % values.length;
  }

  /** Which of these words comes next, in any case. */
  private int oneOf(List<String> words) {
    for (String word : words) {
      if (text.regionMatches(true, at, word, 0, word.length())) {
        at += word.length();
        return words.indexOf(word);
      }
    }
    throw failed();
  }

  private IllegalArgumentException failed() {
    return new IllegalArgumentException("Failed to parse input string \"" + text + "\"");
  }

  private interface Naming<T> {
    String of(T value, TextStyle style, Locale locale);
  }

  private void zoneName() {
    Matcher matcher = ZONE.matcher(text).region(at, text.length());
    if (!matcher.lookingAt()) {
      throw failed();
    }
    zone = TimeText.zone(matcher.group());
    at = matcher.end();
  }
}
