package io.deltaferry.localgcp.bigquery.sql.function;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dates and times in GoogleSQL's canonical text. */
public final class TimeText {
  private static final String DATE = "(\\d{4})-(\\d{1,2})-(\\d{1,2})";
  private static final String TIME = "(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\.(\\d{1,6}))?";
  private static final Pattern DATE_TEXT = Pattern.compile(DATE);
  private static final Pattern TIME_TEXT = Pattern.compile(TIME);
  private static final Pattern POINT_TEXT =
      Pattern.compile(
          DATE
              + "(?:[ Tt]"
              + TIME
              + ")?([Zz]|[+-]\\d{1,2}(?::?\\d{2})?| [A-Za-z][A-Za-z0-9_+/-]*)?");
  private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{1,2})(?::?(\\d{2}))?");
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

  private TimeText() {}

  /** {@code 2024-1-2} as a date. */
  public static LocalDate date(String text) {
    Matcher matcher = DATE_TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Invalid date: '" + text + "'");
    }
    return checked("date", text, () -> day(matcher));
  }

  public static LocalTime time(String text) {
    Matcher matcher = TIME_TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Invalid time string \"" + text + "\"");
    }
    return checked("time", text, () -> clock(matcher, 1));
  }

  public static LocalDateTime datetime(String text) {
    Matcher matcher = POINT_TEXT.matcher(text);
    if (!matcher.matches() || matcher.group(8) != null) {
      throw new IllegalArgumentException("Invalid datetime string \"" + text + "\"");
    }
    return checked("datetime", text, () -> point(matcher));
  }

  /** A point in time, in UTC; without a zone it is read as UTC. */
  public static LocalDateTime timestamp(String text) {
    return timestamp(text, "UTC");
  }

  static LocalDateTime timestamp(String text, String zone) {
    Matcher matcher = POINT_TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("Invalid timestamp: '" + text + "'");
    }
    return checked(
        "timestamp",
        text,
        () -> {
          String written = matcher.group(8);
          LocalDateTime utc = utc(point(matcher), zone(written == null ? zone : written.strip()));
          if (utc.getYear() < 1 || utc.getYear() > 9999) {
            throw new DateTimeException("out of range");
          }
          return utc;
        });
  }

  static LocalDateTime utc(LocalDateTime local, ZoneId zone) {
    return ZonedDateTime.of(local, zone).withZoneSameInstant(ZoneOffset.UTC).toLocalDateTime();
  }

  private static <T> T checked(String what, String text, java.util.function.Supplier<T> reading) {
    try {
      return reading.get();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Invalid " + what + ": '" + text + "'", e);
    }
  }

  private static LocalDate day(Matcher matcher) {
    LocalDate day =
        LocalDate.of(
            Integer.parseInt(matcher.group(1)),
            Integer.parseInt(matcher.group(2)),
            Integer.parseInt(matcher.group(3)));
    if (day.getYear() < 1) {
      throw new DateTimeException("out of range");
    }
    return day;
  }

  private static LocalTime clock(Matcher matcher, int first) {
    String fraction = matcher.group(first + 3);
    int micros =
        fraction == null || fraction.isEmpty()
            ? 0
            : Integer.parseInt((fraction + "000000").substring(0, 6));
    return LocalTime.of(
        Integer.parseInt(matcher.group(first)),
        Integer.parseInt(matcher.group(first + 1)),
        Integer.parseInt(matcher.group(first + 2)),
        micros * 1000);
  }

  private static LocalDateTime point(Matcher matcher) {
    LocalTime time = matcher.group(4) == null ? LocalTime.MIDNIGHT : clock(matcher, 4);
    return LocalDateTime.of(day(matcher), time);
  }

  /** A zone by name or offset. */
  static ZoneId zone(@Nullable String name) {
    if (name == null || name.equalsIgnoreCase("Z") || name.equalsIgnoreCase("UTC")) {
      return ZoneOffset.UTC;
    }
    Matcher offset = OFFSET.matcher(name);
    try {
      if (offset.matches()) {
        int minutes = offset.group(3) == null ? 0 : Integer.parseInt(offset.group(3));
        int sign = offset.group(1).equals("-") ? -1 : 1;
        return ZoneOffset.ofHoursMinutes(sign * Integer.parseInt(offset.group(2)), sign * minutes);
      }
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Invalid time zone: " + name, e);
    }
  }

  /** The zone's name as DuckDB's ICU knows it. */
  static String icuZone(String name) {
    ZoneId zone = zone(name);
    return zone.equals(ZoneOffset.UTC)
        ? "UTC"
        : zone instanceof ZoneOffset ? "GMT" + zone.getId() : zone.getId();
  }

  /** As CAST to STRING writes it: no fraction, or three digits, or six. */
  public static String text(LocalDateTime value) {
    return SECONDS.format(value) + fraction(value.get(ChronoField.MICRO_OF_SECOND));
  }

  public static String text(LocalTime value) {
    return DateTimeFormatter.ofPattern("HH:mm:ss").format(value)
        + fraction(value.get(ChronoField.MICRO_OF_SECOND));
  }

  private static String fraction(int micros) {
    if (micros == 0) {
      return "";
    }
    return micros % 1000 == 0
        ? String.format(".%03d", micros / 1000)
        : String.format(".%06d", micros);
  }

  static long micros(LocalDateTime utc) {
    return Math.addExact(
        Math.multiplyExact(utc.toEpochSecond(ZoneOffset.UTC), 1_000_000L),
        utc.get(ChronoField.MICRO_OF_SECOND));
  }

  static LocalDateTime ofMicros(long micros) {
    return LocalDateTime.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L),
        (int) Math.floorMod(micros, 1_000_000L) * 1000,
        ZoneOffset.UTC);
  }
}
