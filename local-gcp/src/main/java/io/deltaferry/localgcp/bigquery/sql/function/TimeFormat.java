package io.deltaferry.localgcp.bigquery.sql.function;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.util.Locale;

/** FORMAT_TIMESTAMP and its kin: GoogleSQL's format elements. */
final class TimeFormat {
  private TimeFormat() {}

  /** A UTC point, in microseconds since the epoch, written in the zone. */
  static String write(String format, long micros, String zoneName) {
    ZoneId zone = TimeText.zone(zoneName);
    ZonedDateTime time =
        TimeText.ofMicros(micros).atZone(java.time.ZoneOffset.UTC).withZoneSameInstant(zone);
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < format.length(); i++) {
      char c = format.charAt(i);
      if (c != '%' || i + 1 == format.length()) {
        out.append(c);
        continue;
      }
      char element = format.charAt(++i);
      if (element == 'E' && i + 1 < format.length()) {
        i = extended(out, format, i + 1, time);
      } else {
        out.append(element(element, time));
      }
    }
    return out.toString();
  }

  // %E3S, %E*S, %E4Y, %Ez
  private static int extended(StringBuilder out, String format, int at, ZonedDateTime time) {
    char c = format.charAt(at);
    if (c == 'z') {
      out.append(offset(time, ":"));
      return at;
    }
    if (c == '4' && format.startsWith("4Y", at)) {
      out.append(padded(time.getYear(), 4));
      return at + 1;
    }
    if (at + 1 < format.length()
        && format.charAt(at + 1) == 'S'
        && (c == '*' || Character.isDigit(c))) {
      out.append(padded(time.getSecond(), 2)).append(fraction(time.getNano() / 1000, c));
      return at + 1;
    }
    throw new IllegalArgumentException("Unsupported format element %E" + c);
  }

  private static String fraction(int micros, char digits) {
    String six = padded(micros, 6);
    String shown =
        digits == '*' ? six.replaceAll("0+$", "") : (six + "000").substring(0, digits - '0');
    return shown.isEmpty() ? "" : "." + shown;
  }

  static String padded(long value, int width) {
    return String.format("%0" + width + "d", value);
  }

  private static String offset(ZonedDateTime time, String between) {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    return (minutes < 0 ? "-" : "+")
        + padded(Math.abs(minutes) / 60, 2)
        + between
        + padded(Math.abs(minutes) % 60, 2);
  }

  /** Such as UTC, UTC-5 and UTC+0530. */
  private static String zone(ZonedDateTime time) {
    int minutes = time.getOffset().getTotalSeconds() / 60;
    if (minutes == 0) {
      return "UTC";
    }
    return "UTC" + (minutes % 60 == 0 ? String.format("%+d", minutes / 60) : offset(time, ""));
  }

  private static String element(char element, ZonedDateTime t) {
    return switch (element) {
      case 'A' -> t.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'a' -> t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'B' -> t.getMonth().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
      case 'b', 'h' -> t.getMonth().getDisplayName(TextStyle.SHORT, Locale.ENGLISH);
      case 'C' -> String.valueOf(t.getYear() / 100);
      case 'D', 'x' -> all("mdy", "/", t);
      case 'F' -> all("Ymd", "-", t);
      case 'R' -> all("HM", ":", t);
      case 'T', 'X' -> all("HMS", ":", t);
      case 'c' -> all("abe", " ", t) + " " + element('T', t) + " " + t.getYear();
      case 'n' -> "\n";
      case 't' -> "\t";
      case '%' -> "%";
      case 'p' -> t.getHour() < 12 ? "AM" : "PM";
      case 'P' -> t.getHour() < 12 ? "am" : "pm";
      case 'Z' -> zone(t);
      case 'z' -> offset(t, "");
      default -> number(element, t);
    };
  }

  private static String all(String elements, String between, ZonedDateTime t) {
    return elements
        .chars()
        .mapToObj(element -> element((char) element, t))
        .collect(java.util.stream.Collectors.joining(between));
  }

  private static String number(char element, ZonedDateTime t) {
    int hour = t.getHour() % 12 == 0 ? 12 : t.getHour() % 12;
    return switch (element) {
      case 'd' -> padded(t.getDayOfMonth(), 2);
      case 'e' -> String.format("%2d", t.getDayOfMonth());
      case 'G' -> String.valueOf(t.get(IsoFields.WEEK_BASED_YEAR));
      case 'g' -> padded(t.get(IsoFields.WEEK_BASED_YEAR) % 100, 2);
      case 'H' -> padded(t.getHour(), 2);
      case 'I' -> padded(hour, 2);
      case 'j' -> padded(t.getDayOfYear(), 3);
      case 'k' -> String.format("%2d", t.getHour());
      case 'l' -> String.format("%2d", hour);
      case 'M' -> padded(t.getMinute(), 2);
      case 'm' -> padded(t.getMonthValue(), 2);
      case 'Q' -> String.valueOf(t.get(IsoFields.QUARTER_OF_YEAR));
      case 'S' -> padded(t.getSecond(), 2);
      case 's' -> String.valueOf(t.toEpochSecond());
      case 'U' -> padded((t.getDayOfYear() + 6 - t.getDayOfWeek().getValue() % 7) / 7, 2);
      case 'u' -> String.valueOf(t.getDayOfWeek().getValue());
      case 'V' -> padded(t.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR), 2);
      case 'W' -> padded((t.getDayOfYear() + 6 - (t.getDayOfWeek().getValue() - 1)) / 7, 2);
      case 'w' -> String.valueOf(t.getDayOfWeek().getValue() % 7);
      case 'Y' -> String.valueOf(t.getYear());
      case 'y' -> padded(t.getYear() % 100, 2);
      default -> throw new IllegalArgumentException("Unsupported format element %" + element);
    };
  }
}
