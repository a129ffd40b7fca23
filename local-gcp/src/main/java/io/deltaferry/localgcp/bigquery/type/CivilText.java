package io.deltaferry.localgcp.bigquery.type;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads dates and times from one text, left to right; years are 0001 to 9999 and nothing is
 * normalised.
 */
final class CivilText {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
  private static final long MIN_TIMESTAMP = -62_135_596_800L * MICROS_PER_SECOND;
  private static final long MAX_TIMESTAMP = 253_402_300_800L * MICROS_PER_SECOND - 1;

  private final String text;
  private int position;

  private CivilText(String text) {
    this.text = text;
  }

  /** Days since 1970-01-01 of {@code YYYY-MM-DD}. */
  static int date(String text) throws InvalidValueException {
    CivilText reader = new CivilText(text);
    int days = reader.date();
    reader.end();
    return days;
  }

  /** Microseconds since midnight of {@code HH:MM:SS[.ffffff]}. */
  static long time(String text) throws InvalidValueException {
    CivilText reader = new CivilText(text);
    long micros = reader.time();
    reader.end();
    return micros;
  }

  /** Microseconds since 1970-01-01T00:00:00 of a date with an optional time and no zone. */
  static long datetime(String text) throws InvalidValueException {
    CivilText reader = new CivilText(text);
    long micros = reader.dateAndTime();
    reader.end();
    return micros;
  }

  /** Microseconds since the epoch of a date, an optional time and an optional offset. */
  static long timestamp(String text) throws InvalidValueException {
    CivilText reader = new CivilText(text);
    long micros = reader.dateAndTime() - reader.offset();
    reader.end();
    return checkedTimestamp(micros);
  }

  static long checkedTimestamp(long micros) throws InvalidValueException {
    if (micros < MIN_TIMESTAMP || micros > MAX_TIMESTAMP) {
      throw new InvalidValueException("Timestamp out of range 0001-01-01 to 9999-12-31");
    }
    return micros;
  }

  private long dateAndTime() throws InvalidValueException {
    long micros = date() * MICROS_PER_DAY;
    if (position + 1 < text.length() && isTimeNext()) {
      position++;
      micros += time();
    }
    return micros;
  }

  private boolean isTimeNext() {
    char separator = text.charAt(position);
    boolean digit = Character.digit(text.charAt(position + 1), 10) >= 0;
    return digit && (separator == ' ' || separator == 'T' || separator == 't');
  }

  private int date() throws InvalidValueException {
    int year = digits(4);
    char separator = position < text.length() ? text.charAt(position) : ' ';
    if (separator != '-') {
      throw unparsable();
    }
    expect(separator);
    int month = digits(2);
    expect(separator);
    int day = digits(2);
    if (year < 1) {
      throw new InvalidValueException("Date out of range 0001-01-01 to 9999-12-31");
    }
    try {
      return (int) LocalDate.of(year, month, day).toEpochDay();
    } catch (DateTimeException e) {
      throw new InvalidValueException("Invalid date");
    }
  }

  private long time() throws InvalidValueException {
    int hour = digits(2);
    expect(':');
    int minute = digits(2);
    expect(':');
    int second = digits(2);
    if (hour > 23 || minute > 59 || second > 59) {
      throw new InvalidValueException("Invalid time");
    }
    return ((hour * 60L + minute) * 60L + second) * MICROS_PER_SECOND + fraction();
  }

  private long fraction() throws InvalidValueException {
    if (position >= text.length() || text.charAt(position) != '.') {
      return 0;
    }
    position++;
    long micros = 0;
    int read = 0;
    for (; position < text.length() && isDigit(text.charAt(position)); position++, read++) {
      micros = micros * 10 + (text.charAt(position) - '0');
    }
    if (read == 0 || read > 6) {
      throw new InvalidValueException("Expected 1 to 6 digits after the decimal point");
    }
    for (; read < 6; read++) {
      micros *= 10;
    }
    return micros;
  }

  /** {@code Z}, {@code UTC} or {@code +HH[:MM]}, with a space before or not; none is UTC. */
  private long offset() throws InvalidValueException {
    String zone = text.substring(position);
    boolean spaced = zone.startsWith(" ");
    String name = spaced ? zone.substring(1) : zone;
    if (name.equalsIgnoreCase("Z") || name.equalsIgnoreCase("UTC")) {
      position = text.length();
      return 0;
    }
    position += spaced ? 1 : 0;
    if (name.isEmpty() || (name.charAt(0) != '+' && name.charAt(0) != '-')) {
      return 0;
    }
    position++;
    long minutes = twoDigitsOrOne() * 60L;
    if (position < text.length() && text.charAt(position) == ':') {
      position++;
      int rest = digits(2);
      minutes += rest > 59 ? Integer.MAX_VALUE : rest;
    }
    if (minutes > 14 * 60) {
      throw new InvalidValueException("Invalid time zone offset");
    }
    return (name.charAt(0) == '-' ? -minutes : minutes) * 60 * MICROS_PER_SECOND;
  }

  private int twoDigitsOrOne() throws InvalidValueException {
    boolean two = position + 1 < text.length() && isDigit(text.charAt(position + 1));
    return digits(two ? 2 : 1);
  }

  private int digits(int count) throws InvalidValueException {
    if (position + count > text.length()) {
      throw unparsable();
    }
    int value = 0;
    for (int end = position + count; position < end; position++) {
      char digit = text.charAt(position);
      if (!isDigit(digit)) {
        throw unparsable();
      }
      value = value * 10 + (digit - '0');
    }
    return value;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private void expect(char c) throws InvalidValueException {
    if (position >= text.length() || text.charAt(position) != c) {
      throw unparsable();
    }
    position++;
  }

  private void end() throws InvalidValueException {
    if (position != text.length()) {
      throw unparsable();
    }
  }

  private static InvalidValueException unparsable() {
    return new InvalidValueException("Unable to parse");
  }
}
