package io.deltaferry.plan;

import io.deltaferry.sql.DayRows;
import io.deltaferry.table.PeriodLength;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.type.CursorKind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A table's history period by period, as both sides show it.
 *
 * @param periods of which the source has rows, the oldest first, that of rows without a date last
 */
public record History(List<Period> periods) {
  public History {
    periods = List.copyOf(periods);
  }

  /** How a period stands. */
  public enum State {
    /** The target has none of its rows. */
    MISSING,
    /** The target has fewer rows than the source. */
    UNFINISHED,
    /** It has as many, and the source has newer ones. */
    CHANGED,
    FINISHED;

    /** Whether the target has all its rows, in whatever state. */
    boolean isFull() {
      return this == CHANGED || this == FINISHED;
    }
  }

  /**
   * A period.
   *
   * @param start its first day; null for the rows without a date
   * @param newest largest cursor of the source's rows, or null
   */
  public record Period(
      @Nullable LocalDate start,
      State state,
      long sourceRows,
      long targetRows,
      @Nullable String newest) {}

  /** The rows of the days of one period. */
  private record Sum(long rows, @Nullable CursorPosition newest) {
    static final Sum NONE = new Sum(0, null);

    Sum plus(DayRows day, @Nullable CursorKind kind) {
      CursorPosition other =
          kind == null || day.newest() == null ? null : CursorPosition.parse(kind, day.newest());
      boolean newer = newest == null || (other != null && other.compareTo(newest) > 0);
      return new Sum(rows + day.rows(), newer ? other : newest);
    }

    State compared(Sum target) {
      if (target.rows == 0) {
        return State.MISSING;
      }
      if (target.rows < rows) {
        return State.UNFINISHED;
      }
      boolean older =
          newest != null && (target.newest == null || target.newest.compareTo(newest) < 0);
      return older ? State.CHANGED : State.FINISHED;
    }
  }

  /**
   * Compares.
   *
   * @param kind of the cursor; null for a table without one, of which only rows are counted
   */
  public static History of(
      PeriodLength length, @Nullable CursorKind kind, List<DayRows> source, List<DayRows> target) {
    Map<@Nullable LocalDate, Sum> here = sums(length, kind, source);
    Map<@Nullable LocalDate, Sum> there = sums(length, kind, target);
    List<Period> periods = new ArrayList<>();
    here.forEach((start, rows) -> periods.add(period(start, rows, there.get(start))));
    periods.sort(Comparator.comparing(Period::start, DayRows.BY_DAY));
    return new History(periods);
  }

  private static Period period(@Nullable LocalDate start, Sum source, @Nullable Sum target) {
    Sum found = target == null ? Sum.NONE : target;
    String newest = source.newest == null ? null : source.newest.text();
    return new Period(start, source.compared(found), source.rows, found.rows, newest);
  }

  private static Map<@Nullable LocalDate, Sum> sums(
      PeriodLength length, @Nullable CursorKind kind, List<DayRows> days) {
    Map<@Nullable LocalDate, Sum> sums = new LinkedHashMap<>();
    for (DayRows day : days) {
      LocalDate start = day.day() == null ? null : length.start(day.day());
      sums.put(start, sums.getOrDefault(start, Sum.NONE).plus(day, kind));
    }
    return sums;
  }

  /**
   * What is to be read: at first the gaps between periods that the target has, since those make
   * answers wrong that look right; then everything else; rows without a date are the last.
   */
  public List<Period> open(PeriodOrder order) {
    Comparator<Period> byStart = Comparator.comparing(Period::start, DayRows.BY_DAY);
    List<LocalDate> full =
        periods.stream()
            .filter(period -> period.state().isFull())
            .map(Period::start)
            .filter(Objects::nonNull)
            .toList();
    return periods.stream()
        .filter(period -> period.state() != State.FINISHED)
        .sorted(
            Comparator.comparing((Period period) -> period.start() == null)
                .thenComparing(period -> !isGap(period, full))
                .thenComparing(order == PeriodOrder.NEWEST ? byStart.reversed() : byStart))
        .toList();
  }

  private static boolean isGap(Period period, List<LocalDate> full) {
    LocalDate start = period.start();
    return start != null
        && !period.state().isFull()
        && !full.isEmpty()
        && full.get(0).isBefore(start)
        && full.get(full.size() - 1).isAfter(start);
  }
}
