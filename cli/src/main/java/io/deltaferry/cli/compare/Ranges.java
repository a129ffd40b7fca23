package io.deltaferry.cli.compare;

/** The bounds of BigQuery's calendar, to which values beyond them are clamped. */
final class Ranges {
  static final String MIN_DATE = "0001-01-01";
  static final String MAX_DATE = "9999-12-31";
  static final String MIN_DATETIME = "0001-01-01T00:00";
  static final String MAX_DATETIME = "9999-12-31T23:59:59.999999";
  static final String MAX_TIME = "23:59:59.999999";

  private Ranges() {}

  /** Whether PostgreSQL's text of a date or time stamp lies before the year 1. */
  static boolean isBelow(String text) {
    return text.equals("-infinity") || text.endsWith(" BC");
  }

  /** Whether PostgreSQL's text of a date or time stamp lies after the year 9999. */
  static boolean isAbove(String text) {
    return text.equals("infinity") || (text.indexOf('-') > 4 && !text.endsWith(" BC"));
  }
}
