package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.RunOptions;
import io.deltaferry.type.CursorKind;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AskedWindowTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMPTZ | 2026-01-01 | 2026-02-01T12:00:00+02:00 | 2026-01-01 00:00:00.000000+00 | 2026-02-01 10:00:00.000000+00",
        "TIMESTAMPTZ | 2026-01-01 06:30 | 2026-01-01 06:30:00.5 | 2026-01-01 06:30:00.000000+00 | 2026-01-01 06:30:00.500000+00",
        "TIMESTAMP | 2026-01-01T00:00:00 | 2026-01-02T00:00:00Z | 2026-01-01 00:00:00.000000 | 2026-01-02 00:00:00.000000",
        "DATE | 2026-01-01 | 2026-01-31 | 2026-01-01 | 2026-01-31",
        "DATE | 2026-01-01T12:00:00Z | 2026-01-31T00:00:01Z | 2026-01-01 | 2026-02-01",
        "DATE | 2026-01-01T12:00:00Z | 2026-01-31T00:00:00Z | 2026-01-01 | 2026-01-31",
        "BIGINT | -5 | 1000000000000 | -5 | 1000000000000",
        "INTEGER | 7 | | 7 |",
        "INTEGER | | 7 | | 7",
      })
  void speaksTheCursorsLanguage(
      CursorKind kind,
      @Nullable String from,
      @Nullable String to,
      @Nullable String low,
      @Nullable String high) {
    assertThat(AskedWindow.of(kind, RunOptions.between(from, to), null))
        .isEqualTo(new AskedWindow(low, high));
  }

  /** A cursor without a zone is written by a clock on some wall. */
  @Test
  void aMomentIsReadByTheCursorsOwnClock() {
    ZoneId newYork = ZoneId.of("America/New_York");
    RunOptions asked = RunOptions.between("2026-01-01T00:00:00Z", "2026-01-02");
    assertThat(AskedWindow.of(CursorKind.TIMESTAMP, asked, newYork))
        .isEqualTo(new AskedWindow("2025-12-31 19:00:00.000000", "2026-01-02 00:00:00.000000"));
    assertThat(AskedWindow.of(CursorKind.TIMESTAMPTZ, asked, newYork).from())
        .isEqualTo("2026-01-01 00:00:00.000000+00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TIMESTAMPTZ | | | needs 'from' and 'to'",
        "TIMESTAMPTZ | 2026-02-01 | 2026-01-01 | 'from' must be before 'to'",
        "TIMESTAMPTZ | 2026-02-01 | 2026-02-01 | 'from' must be before 'to'",
        "TIMESTAMPTZ | yesterday | 2026-02-01 | 'from' is not a value of the cursor, which is a timestamptz",
        "TIMESTAMPTZ | 2026-02-01 | 2026-02-30 | 'to' is not a value of the cursor",
        "BIGINT | 1 | 2026-02-01 | write a whole number",
        "BIGINT | 1 | 99999999999999999999 | 'to' is not a value of the cursor",
        "XID8 | 1 | 2 | transaction ids make no window",
      })
  void refusesWhatIsNoWindow(
      CursorKind kind, @Nullable String from, @Nullable String to, String problem) {
    assertThatThrownBy(() -> AskedWindow.of(kind, RunOptions.between(from, to), null))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining(problem);
  }
}
