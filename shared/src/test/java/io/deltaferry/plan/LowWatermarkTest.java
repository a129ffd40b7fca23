package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.plan.LowWatermark.Reason;
import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LowWatermarkTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final String NINE = "2026-11-20 09:00:00.000000+00";
  private static final String HALF_PAST_NINE = "2026-11-20 09:30:00.000000+00";
  private static final String TEN = "2026-11-20 10:00:00.000000+00";

  @Test
  void noTargetReadsEverything() {
    assertThat(decide(false, state(TEN), null)).isEqualTo(new LowWatermark(null, Reason.NO_TARGET));
  }

  @Test
  void anEmptyTargetReadsEverythingWhateverTheStateSays() {
    assertThat(decide(true, state(TEN), null))
        .isEqualTo(new LowWatermark(null, Reason.EMPTY_TARGET));
  }

  @Test
  void theStateCounts() {
    assertThat(decide(true, state(NINE), TEN)).isEqualTo(new LowWatermark(NINE, Reason.STATE));
  }

  @Test
  void aTableAtRestIsKnownByTheDeltaMergedFromTheSameLow() {
    LowWatermark low = decide(true, known(NINE, NINE), TEN);
    assertThat(stands(low, "abc", "2026-11-20 10:00:00+00")).isTrue();
    assertThat(stands(low, "abd", TEN)).isFalse();
    assertThat(stands(low, null, TEN)).isFalse();
    // Merged from another low, or into a target that was restored since: not comparable.
    assertThat(stands(decide(true, known(TEN, NINE), TEN), "abc", TEN)).isFalse();
    assertThat(stands(decide(true, known(TEN, TEN), NINE), "abc", NINE)).isFalse();
  }

  /** A cursor without zone and an id look back below the newest row, which a restore may take. */
  @Test
  void aTargetRestoredAboveTheWatermarkGetsItsRowsAgain() {
    LowWatermark low = decide(true, known(NINE, NINE), HALF_PAST_NINE);
    assertThat(low.reason()).isEqualTo(Reason.STATE);
    assertThat(stands(low, "abc", TEN)).isFalse();
    assertThat(stands(low, "abc", HALF_PAST_NINE)).isTrue();
  }

  /** Below its newest row too: what committed late may be missing with what is newer. */
  @Test
  void aRestoredTargetLowersTheWatermark() {
    assertThat(decide(true, state(TEN), NINE))
        .isEqualTo(new LowWatermark("2026-11-20 08:45:00.000000+00", Reason.TARGET_RESTORED));
  }

  /** Whatever rows it has, nobody knows which of ours are missing. */
  @Test
  void aTargetThatWasMadeAnewIsReadAnew() {
    TableState ofAnother =
        new TableState(
            7, NINE, "hash", null, null, null, BoundHistory.NONE, NOON.minusSeconds(1), null, null);
    assertThat(decide(true, ofAnother, TEN))
        .isEqualTo(new LowWatermark(null, Reason.TARGET_REPLACED));
  }

  @Test
  void aTargetOfAnotherToolIsAdopted() {
    assertThat(decide(true, null, TEN))
        .isEqualTo(new LowWatermark("2026-11-20 09:45:00.000000+00", Reason.ADOPTED));
  }

  /** It says nothing about how far the other tool had come: infinity is clamped to such a value. */
  @Test
  void anAdoptedTargetWhoseCursorLiesInTheFutureIsReadAnew() {
    assertThat(decide(true, null, "9999-12-31 23:59:59.999999+00"))
        .isEqualTo(new LowWatermark(null, Reason.ADOPTED));
  }

  @Test
  void anotherDefinitionReadsEverything() {
    assertThat(
            decide(
                true,
                new TableState(
                    7, TEN, "other", null, null, null, BoundHistory.NONE, NOON, null, null),
                TEN))
        .isEqualTo(new LowWatermark(null, Reason.DEFINITION_CHANGED));
  }

  /** Somebody altered the column's type: under its old name it orders changes by other values. */
  @Test
  void aWatermarkOfAnotherTypeOfCursorReadsEverything() {
    for (String remembered : List.of("2026-11-20", "2026-11-20 09:00:00.000000", "240000")) {
      assertThat(decide(true, state(remembered), TEN))
          .isEqualTo(new LowWatermark(null, Reason.DEFINITION_CHANGED));
    }
  }

  @Test
  void aVoidedWatermarkReadsEverything() {
    assertThat(decide(true, state(null), TEN))
        .isEqualTo(new LowWatermark(null, Reason.NO_WATERMARK));
  }

  @Test
  void whatWasReadBeforeIsKnownWhereItIsReadAgain() {
    TableState ahead =
        new TableState(7, NINE, "hash", null, null, TEN, BoundHistory.NONE, NOON, null, null);
    assertThat(decide(true, ahead, TEN).seen()).isEqualTo(TEN);
    TableState settled =
        new TableState(7, TEN, "hash", null, null, TEN, BoundHistory.NONE, NOON, null, null);
    assertThat(decide(true, settled, TEN).seen()).isNull();
    TableState otherType =
        new TableState(7, NINE, "hash", null, null, "77", BoundHistory.NONE, NOON, null, null);
    assertThat(decide(true, otherType, TEN).seen()).isNull();
  }

  /** After a restore ids of transactions are given a second time. */
  @Test
  void aDatabaseThatCountsFewerTransactionsWasRestored() {
    TableState state =
        new TableState(
            7,
            "90",
            "hash",
            null,
            null,
            null,
            new BoundHistory(null, "100", List.of()),
            NOON,
            null,
            null);
    assertThat(xidLow(state, "100")).isEqualTo(new LowWatermark("90", Reason.STATE));
    assertThat(xidLow(state, "99")).isEqualTo(new LowWatermark(null, Reason.SOURCE_RESTORED));
  }

  private static LowWatermark xidLow(TableState state, String xmin) {
    return LowWatermark.decide(NOON, state, "hash", "95", watermark(CursorKind.XID8, xmin));
  }

  private static TableState state(@Nullable String nextLow) {
    return new TableState(
        7, nextLow, "hash", null, null, null, BoundHistory.NONE, NOON, null, null);
  }

  private static TableState known(String nextLow, String deltaLow) {
    return new TableState(
        7, nextLow, "hash", deltaLow, "abc", null, BoundHistory.NONE, NOON, null, null);
  }

  private static boolean stands(LowWatermark low, @Nullable String digest, @Nullable String high) {
    return low.stands(CursorKind.TIMESTAMPTZ, digest, high);
  }

  private static LowWatermark decide(
      boolean exists, @Nullable TableState state, @Nullable String max) {
    return LowWatermark.decide(
        exists ? NOON : null, state, "hash", max, watermark(CursorKind.TIMESTAMPTZ, null));
  }

  private static Watermark watermark(CursorKind kind, @Nullable String xmin) {
    BoundHistory history = new BoundHistory(null, xmin, List.of());
    RunBound bound = new RunBound(null, null, BoundReason.SESSIONS_HIDDEN, null, history);
    return new Watermark(kind, bound, NOON, Duration.ofMinutes(15), 10_000, false);
  }
}
