package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.deltaferry.plan.History.State;
import io.deltaferry.sql.DayRows;
import io.deltaferry.table.PeriodLength;
import io.deltaferry.table.PeriodOrder;
import io.deltaferry.type.CursorKind;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HistoryTest {
  private static final String EARLY = "2026-03-09 00:00:00+00";
  private static final String LATE = "2026-03-09 00:00:00.000001+00";

  @Test
  void aPeriodIsFinishedWithAllItsRowsAndNoNewerOnes() {
    assertThat(state(day(1, 5, EARLY), day(1, 5, EARLY))).isEqualTo(State.FINISHED);
    assertThat(state(day(1, 5, EARLY), day(1, 6, LATE)))
        .as("rows that the source has deleted since")
        .isEqualTo(State.FINISHED);
    assertThat(state(day(1, 5, LATE), day(1, 5, EARLY))).isEqualTo(State.CHANGED);
    assertThat(state(day(1, 5, LATE), day(1, 5, null))).isEqualTo(State.CHANGED);
    assertThat(state(day(1, 5, EARLY), day(1, 4, LATE))).isEqualTo(State.UNFINISHED);
    assertThat(state(day(1, 5, null), day(2, 5, null))).isEqualTo(State.MISSING);
  }

  /** A stamp has as many digits as it needs, which is no order of texts. */
  @Test
  void cursorsAreComparedAsValues() {
    History ids =
        History.of(
            PeriodLength.DAY,
            CursorKind.BIGINT,
            List.of(new DayRows(LocalDate.of(2026, 3, 1), 1, "9")),
            List.of(new DayRows(LocalDate.of(2026, 3, 1), 1, "10")));
    assertThat(ids.open(PeriodOrder.NEWEST)).isEmpty();
  }

  @Test
  void aTableWithoutCursorIsCounted() {
    History counted =
        History.of(PeriodLength.DAY, null, List.of(day(1, 5, null)), List.of(day(1, 5, null)));
    assertThat(counted.open(PeriodOrder.NEWEST)).isEmpty();
  }

  @Test
  void gapsBetweenFullPeriodsComeFirstAndRowsWithoutADateLast() {
    List<DayRows> source = days(1, 2, 3, 4, 5, 6, 7);
    List<DayRows> target = List.of(day(3, 5, EARLY), day(4, 2, EARLY), day(6, 5, EARLY));
    assertThat(open(source, target, PeriodOrder.NEWEST)).containsExactly(5, 4, 7, 2, 1, null);
    assertThat(open(source, target, PeriodOrder.OLDEST)).containsExactly(4, 5, 1, 2, 7, null);
  }

  /** A period whose rows have changed has no gap, and may be one end of one. */
  @Test
  void changedPeriodsWaitForTheGaps() {
    List<DayRows> source = List.of(day(1, 5, LATE), day(2, 5, EARLY), day(3, 5, LATE));
    List<DayRows> target = List.of(day(1, 5, EARLY), day(3, 5, EARLY));
    assertThat(open(source, target, PeriodOrder.NEWEST)).containsExactly(2, 3, 1);
  }

  @Test
  void weeksBeginOnMondayAndMonthsOnTheFirst() {
    List<DayRows> source =
        List.of(
            new DayRows(LocalDate.of(2026, 3, 1), 1, null),
            new DayRows(LocalDate.of(2026, 3, 2), 1, null),
            new DayRows(LocalDate.of(2026, 3, 8), 2, null));
    assertThat(History.of(PeriodLength.WEEK, null, source, List.of()).periods())
        .extracting(History.Period::start, History.Period::sourceRows)
        .containsExactly(tuple(LocalDate.of(2026, 2, 23), 1L), tuple(LocalDate.of(2026, 3, 2), 3L));
    assertThat(History.of(PeriodLength.MONTH, null, source, List.of()).periods())
        .extracting(History.Period::sourceRows)
        .containsExactly(4L);
  }

  private static State state(DayRows source, DayRows target) {
    return History.of(PeriodLength.DAY, CursorKind.TIMESTAMPTZ, List.of(source), List.of(target))
        .periods()
        .get(0)
        .state();
  }

  private static List<@Nullable Integer> open(
      List<DayRows> source, List<DayRows> target, PeriodOrder order) {
    return History.of(PeriodLength.DAY, CursorKind.TIMESTAMPTZ, source, target).open(order).stream()
        .<@Nullable Integer>map(
            period -> period.start() == null ? null : period.start().getDayOfMonth())
        .toList();
  }

  /** Those days of March, and rows without a date. */
  private static List<DayRows> days(int... days) {
    return Stream.concat(
            IntStream.of(days).mapToObj(day -> day(day, 5, EARLY)),
            Stream.of(new DayRows(null, 1, null)))
        .toList();
  }

  private static DayRows day(int day, long rows, @Nullable String newest) {
    return new DayRows(LocalDate.of(2026, 3, day), rows, newest);
  }
}
