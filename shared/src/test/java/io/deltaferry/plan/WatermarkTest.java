package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LATENESS = Duration.ofMinutes(15);

  @ParameterizedTest
  @CsvSource({
    // A quiet table settles at its newest row; a busy one stays a lateness behind the clock.
    "TIMESTAMPTZ, 2026-11-20 11:00:00.123456+00, 2026-11-20 11:00:00.123456+00",
    "TIMESTAMPTZ, 2026-11-20 11:59:59+00, 2026-11-20 11:45:00.000000+00",
    // A stamp from the future must not carry the watermark past what may still commit.
    "TIMESTAMPTZ, 2031-01-01 00:00:00+00, 2026-11-20 11:45:00.000000+00",
    // Stamps written in an unknown zone: the distance within the column is all there is, and the
    // hour that comes twice when summer ends begins an hour below the stamps that were written.
    "TIMESTAMP, 2026-11-20 07:00:00, 2026-11-20 05:45:00.000000",
    "TIMESTAMP, 2026-11-20 21:00:00, 2026-11-20 10:45:00.000000",
    "DATE, 2026-11-20, 2026-11-19",
    "DATE, 2026-11-01, 2026-11-01",
    "BIGINT, 250000, 240000",
    "INTEGER, 5, -9995",
  })
  void nextLow(CursorKind kind, String high, String expected) {
    assertThat(Watermark.next(kind, high, null, NOON, LATENESS)).isEqualTo(expected);
  }

  @Test
  void aRunWithoutAnyCursorKeepsItsLow() {
    String low = "2026-11-20 11:00:00+00";
    assertThat(Watermark.next(CursorKind.TIMESTAMPTZ, null, low, NOON, LATENESS)).isEqualTo(low);
    assertThat(Watermark.next(CursorKind.TIMESTAMPTZ, null, null, NOON, LATENESS)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "TIMESTAMPTZ, 2026-11-20 11:00:00.5+00, 2026-11-20 10:45:00.500000+00",
    "TIMESTAMP, 2026-11-20 11:00:00.5, 2026-11-20 09:45:00.500000",
    "DATE, 2026-11-20, 2026-11-18",
    "BIGINT, 250000, 240000",
  })
  void adoptionStartsALatenessBelowTheMaximum(CursorKind kind, String max, String expected) {
    assertThat(Watermark.adopt(kind, max, NOON, LATENESS)).isEqualTo(expected);
  }
}
