package io.deltaferry.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*/15 * * * *       | 2026-11-20T10:15:00Z         | 2026-11-20T10:15:00Z",
        "*/15 * * * *       | 2026-11-20T10:15:00.000001Z  | 2026-11-20T10:15:00Z",
        "*/15 * * * *       | 2026-11-20T10:14:59.999999Z  | 2026-11-20T10:00:00Z",
        "0 3 * * *          | 2026-11-20T02:59:59Z         | 2026-11-19T03:00:00Z",
        "0 3 * * *          | 2026-11-20T03:00:30Z         | 2026-11-20T03:00:00Z",
        "30 6 * * mon-fri   | 2026-11-22T12:00:00Z         | 2026-11-20T06:30:00Z",
        "0 0 1 jan *        | 2026-11-20T00:00:00Z         | 2026-01-01T00:00:00Z",
        "0 0 29 2 *         | 2026-11-20T00:00:00Z         | 2024-02-29T00:00:00Z",
        "0 0 * * 7          | 2026-11-20T00:00:00Z         | 2026-11-15T00:00:00Z"
      })
  void findsTheLatestTick(String schedule, Instant at, Instant expected) {
    assertThat(CronSchedule.parse(schedule).latestTick(at)).contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "* * * *",
        "* * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "a * * * *",
        "@daily",
        "5-1 * * * x"
      })
  void refusesOtherTexts(String text) {
    assertThatThrownBy(() -> CronSchedule.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
