package io.deltaferry.sql;

import java.time.LocalDate;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * The rows that one side has of a day.
 *
 * @param day null for rows without a date, or with one that BigQuery cannot hold
 * @param newest their largest cursor; null where none has one, and for tables without a cursor
 */
public record DayRows(@Nullable LocalDate day, long rows, @Nullable String newest) {
  /** As both sides' queries answer: day, count and newest as texts. */
  public static DayRows of(@Nullable String day, @Nullable String rows, @Nullable String newest) {
    return new DayRows(
        day == null ? null : LocalDate.parse(day), Long.parseLong(String.valueOf(rows)), newest);
  }

  /** Days in order, those without a date last. */
  public static final Comparator<@Nullable LocalDate> BY_DAY =
      Comparator.nullsLast(Comparator.naturalOrder());
}
