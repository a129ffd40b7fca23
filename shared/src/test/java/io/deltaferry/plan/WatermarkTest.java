package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration LATENESS = Duration.ofMinutes(15);

  @ParameterizedTest
  @CsvSource({
    // A quiet table settles at its newest row; a busy one stays at the bound.
    "TIMESTAMPTZ, 2026-11-20 11:00:00.123456+00, 2026-11-20 11:59:50+00, 2026-11-20 11:00:00.123456+00",
    "TIMESTAMPTZ, 2026-11-20 11:59:59+00, 2026-11-20 11:59:50+00, 2026-11-20 11:59:50.000000+00",
    // A stamp from the future must not carry the watermark past what may still commit.
    "TIMESTAMPTZ, 2031-01-01 00:00:00+00, 2026-11-20 11:59:50+00, 2026-11-20 11:59:50.000000+00",
    "BIGINT, 250000, 249990, 249990",
    "XID8, 800, 790, 790",
    "XID8, 780, 790, 780",
  })
  void theBoundLimitsIt(CursorKind kind, String high, String ceiling, String expected) {
    assertThat(bounded(kind, ceiling).next(high, null)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "TIMESTAMPTZ, 2026-11-20 11:00:00.123456+00, 2026-11-20 11:00:00.123456+00",
    "TIMESTAMPTZ, 2026-11-20 11:59:59+00, 2026-11-20 11:45:00.000000+00",
    // Stamps written in an unknown zone: the distance within the column is all there is, and the
    // hour that comes twice when summer ends begins an hour below the stamps that were written.
    "TIMESTAMP, 2026-11-20 07:00:00, 2026-11-20 05:45:00.000000",
    "TIMESTAMP, 2026-11-20 21:00:00, 2026-11-20 10:45:00.000000",
    "DATE, 2026-11-20, 2026-11-19",
    "DATE, 2026-11-01, 2026-11-01",
    "BIGINT, 250000, 240000",
    "INTEGER, 5, -9995",
  })
  void withoutABoundLatenessDoes(CursorKind kind, String high, String expected) {
    assertThat(late(kind, null).next(high, null)).isEqualTo(expected);
  }

  /** Stamps of programs obey no bound, but a transaction seen to be older than that counts. */
  @Test
  void anOldTransactionIsLaterThanTheLateness() {
    Watermark pinned = late(CursorKind.TIMESTAMPTZ, NOON.minus(Duration.ofHours(1)));
    assertThat(pinned.next("2026-11-20 11:59:59+00", null))
        .isEqualTo("2026-11-20 11:00:00.000000+00");
    Watermark young = late(CursorKind.TIMESTAMPTZ, NOON.minus(Duration.ofSeconds(10)));
    assertThat(young.next("2026-11-20 11:59:59+00", null))
        .isEqualTo("2026-11-20 11:45:00.000000+00");
  }

  @Test
  void aRunWithoutAnyCursorKeepsItsLow() {
    String low = "2026-11-20 11:00:00+00";
    Watermark known = bounded(CursorKind.TIMESTAMPTZ, "2026-11-20 11:30:00+00");
    assertThat(known.next(null, low)).isEqualTo("2026-11-20 11:00:00.000000+00");
    assertThat(known.next(null, null)).isNull();
    assertThat(late(CursorKind.TIMESTAMPTZ, null).next(null, low)).isEqualTo(low);
  }

  /** What was thought to be settled under a lateness is not, once the transactions are seen. */
  @Test
  void aBoundBelowTheLowTakesItBack() {
    Watermark known = bounded(CursorKind.TIMESTAMPTZ, "2026-11-20 10:30:00+00");
    assertThat(known.next(null, "2026-11-20 11:00:00+00"))
        .isEqualTo("2026-11-20 10:30:00.000000+00");
    assertThat(known.next("2026-11-20 11:20:00+00", "2026-11-20 11:00:00+00"))
        .isEqualTo("2026-11-20 10:30:00.000000+00");
  }

  @Test
  void idsThatNoEarlierRunHasReadStayWhereTheyWere() {
    assertThat(firstIds(false).next("250000", "200000")).isEqualTo("200000");
    assertThat(firstIds(false).next("250000", null)).isEqualTo("240000");
    assertThat(firstIds(true).next("250000", null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "TIMESTAMPTZ, 2026-11-20 11:00:00.5+00, 2026-11-20 10:45:00.500000+00",
    "TIMESTAMP, 2026-11-20 11:00:00.5, 2026-11-20 09:45:00.500000",
    "DATE, 2026-11-20, 2026-11-18",
    "BIGINT, 250000, 240000",
  })
  void adoptionStartsALatenessBelowTheMaximum(CursorKind kind, String max, String expected) {
    assertThat(late(kind, null).adopt(max)).isEqualTo(expected);
  }

  private static Watermark bounded(CursorKind kind, String ceiling) {
    return watermark(kind, ceiling, NOON, BoundReason.KNOWN, false);
  }

  private static Watermark late(CursorKind kind, @Nullable Instant at) {
    return watermark(kind, null, at, BoundReason.APPLICATION_STAMPS, false);
  }

  private static Watermark firstIds(boolean strict) {
    return watermark(CursorKind.BIGINT, null, NOON, BoundReason.NO_EARLIER_RUN, strict);
  }

  private static Watermark watermark(
      CursorKind kind,
      @Nullable String ceiling,
      @Nullable Instant at,
      BoundReason reason,
      boolean strict) {
    RunBound bound = new RunBound(at, ceiling, reason, null, BoundHistory.NONE);
    return new Watermark(kind, bound, NOON, LATENESS, 10_000, strict);
  }
}
