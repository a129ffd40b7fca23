package io.deltaferry.localgcp.bigquery.type;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An INTERVAL: its three parts do not convert into each other. */
public record BigQueryInterval(long months, long days, long micros) {
  private static final long MAX_MONTHS = 120_000;
  private static final long MAX_DAYS = 3_660_000;
  private static final long MAX_MICROS = 87_840_000L * 3_600L * 1_000_000L;

  private static final Pattern CANONICAL =
      Pattern.compile(
          "([+-]?)(\\d{1,5})-(\\d{1,6}) ([+-]?\\d{1,7})"
              + " ([+-]?)(\\d{1,8}):(\\d{1,10}):(\\d{1,12})(?:\\.(\\d{1,6}))?");
  private static final Pattern ISO =
      Pattern.compile(
          "P(?:([+-]?\\d{1,5})Y)?(?:([+-]?\\d{1,6})M)?(?:([+-]?\\d{1,6})W)?(?:([+-]?\\d{1,7})D)?"
              + "(T(?:([+-]?\\d{1,8})H)?(?:([+-]?\\d{1,10})M)?(?:([+-]?\\d{1,12}(?:\\.\\d{1,6})?)S)?)?");

  private static final Pattern DUCK =
      Pattern.compile(
          "(?:(-?\\d+) years? ?)?(?:(-?\\d+) months? ?)?(?:(-?\\d+) days? ?)?"
              + "(?:(-?)(\\d+):(\\d+):(\\d+)(?:\\.(\\d{1,6}))?)?");

  /** Reads {@code [-]Y-M [-]D [-]H:M:S[.F]} or an ISO 8601 duration. */
  static BigQueryInterval read(String text) throws InvalidValueException {
    Matcher canonical = CANONICAL.matcher(text);
    BigQueryInterval interval;
    if (canonical.matches()) {
      long months = number(canonical, 2) * 12 + number(canonical, 3);
      long micros = clock(canonical, 6);
      interval =
          new BigQueryInterval(
              canonical.group(1).equals("-") ? -months : months,
              number(canonical, 4),
              canonical.group(5).equals("-") ? -micros : micros);
    } else {
      interval = readIso(text);
    }
    if (Math.abs(interval.months) > MAX_MONTHS
        || Math.abs(interval.days) > MAX_DAYS
        || Math.abs(interval.micros) > MAX_MICROS) {
      throw new InvalidValueException("Interval out of range");
    }
    return interval;
  }

  private static BigQueryInterval readIso(String text) throws InvalidValueException {
    Matcher iso = ISO.matcher(text);
    if (!iso.matches() || text.length() < 3 || text.endsWith("T")) {
      throw new InvalidValueException("Unable to parse");
    }
    String seconds = iso.group(8);
    long micros = seconds == null ? 0 : new BigDecimal(seconds).movePointRight(6).longValueExact();
    return new BigQueryInterval(
        number(iso, 1) * 12 + number(iso, 2),
        number(iso, 3) * 7 + number(iso, 4),
        (number(iso, 6) * 60 + number(iso, 7)) * 60_000_000L + micros);
  }

  /** Reads DuckDB's own text, such as {@code 1 year 2 months -3 days 25:00:00.5}. */
  public static BigQueryInterval ofDuck(String text) {
    Matcher duck = DUCK.matcher(text);
    if (!duck.matches()) {
      throw new IllegalArgumentException("not an interval of DuckDB: " + text);
    }
    long micros = duck.group(5) == null ? 0 : clock(duck, 5);
    return new BigQueryInterval(
        number(duck, 1) * 12 + number(duck, 2),
        number(duck, 3),
        "-".equals(duck.group(4)) ? -micros : micros);
  }

  private static long clock(Matcher matcher, int hours) {
    long seconds =
        (number(matcher, hours) * 60 + number(matcher, hours + 1)) * 60
            + number(matcher, hours + 2);
    String fraction = matcher.group(hours + 3);
    long micros = fraction == null ? 0 : Long.parseLong((fraction + "000000").substring(0, 6));
    return seconds * 1_000_000L + micros;
  }

  private static long number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Long.parseLong(digits);
  }

  /** BigQuery's own form, such as {@code 1-2 -3 25:0:0.500}. */
  public String text() {
    long clock = Math.abs(micros);
    long seconds = clock / 1_000_000L;
    return (months < 0 ? "-" : "")
        + Math.abs(months) / 12
        + "-"
        + Math.abs(months) % 12
        + " "
        + days
        + " "
        + (micros < 0 ? "-" : "")
        + seconds / 3600
        + ":"
        + seconds / 60 % 60
        + ":"
        + seconds % 60
        + fraction(clock % 1_000_000L);
  }

  /** Three or six digits, as BigQuery groups them; nothing for a whole second. */
  private static String fraction(long micros) {
    if (micros == 0) {
      return "";
    }
    return micros % 1000 == 0
        ? String.format(java.util.Locale.ROOT, ".%03d", micros / 1000)
        : String.format(java.util.Locale.ROOT, ".%06d", micros);
  }

  /** A text DuckDB casts to the same three parts. */
  public String duckText() {
    return months + " months " + days + " days " + micros + " microseconds";
  }
}
