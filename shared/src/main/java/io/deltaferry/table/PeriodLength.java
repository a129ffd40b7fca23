package io.deltaferry.table;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How long a period of a table's history is. */
public enum PeriodLength {
  DAY,
  /** From Monday on. */
  WEEK,
  MONTH;

  /** The name in table files, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those of all lengths. */
  public static List<String> words() {
    return Arrays.stream(values()).map(PeriodLength::word).toList();
  }

  /** The length of that word, or empty. */
  public static Optional<PeriodLength> of(String word) {
    return Arrays.stream(values()).filter(length -> length.word().equals(word)).findFirst();
  }

  /** The first day of the period that a day lies in. */
  public LocalDate start(LocalDate day) {
    return switch (this) {
      case DAY -> day;
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
      case MONTH -> day.withDayOfMonth(1);
    };
  }

  /** The first day of the period after the one that begins then. */
  public LocalDate next(LocalDate start) {
    return switch (this) {
      case DAY -> start.plusDays(1);
      case WEEK -> start.plusWeeks(1);
      case MONTH -> start.plusMonths(1);
    };
  }
}
