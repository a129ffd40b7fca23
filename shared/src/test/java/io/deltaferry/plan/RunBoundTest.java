package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.BoundReason;
import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.Look;
import io.deltaferry.run.RunJson;
import io.deltaferry.table.BoundSettings;
import io.deltaferry.table.BoundSettings.StampedBy;
import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunBoundTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
  private static final ZoneId TOKYO = ZoneId.of("Asia/Tokyo");

  /** Summer ends in New York: 01:59:59 is followed by 01:00:00. */
  private static final Instant FALL_BACK = Instant.parse("2026-11-01T06:00:00Z");

  @Test
  void eachKindHasItsOwnTerms() {
    assertThat(stamped(CursorKind.TIMESTAMPTZ, null, NOON).ceiling())
        .isEqualTo("2026-11-20 11:59:50.000000+00");
    assertThat(stamped(CursorKind.TIMESTAMP, NEW_YORK, NOON).ceiling())
        .isEqualTo("2026-11-20 06:59:50.000000");
    assertThat(stamped(CursorKind.DATE, NEW_YORK, Instant.parse("2026-11-20T04:00:00Z")).ceiling())
        .isEqualTo("2026-11-19");
    assertThat(stamped(CursorKind.DATE, TOKYO, Instant.parse("2026-11-20T16:00:00Z")).ceiling())
        .isEqualTo("2026-11-21");
    // Somewhere it is still yesterday.
    assertThat(stamped(CursorKind.DATE, null, NOON).ceiling()).isEqualTo("2026-11-19");
  }

  @Test
  void beforeTheClocksAreSetBackTheHourThatComesAgainCounts() {
    Instant halfAnHourBefore = FALL_BACK.minusSeconds(1_790);
    assertThat(stamped(CursorKind.TIMESTAMP, NEW_YORK, halfAnHourBefore).ceiling())
        .isEqualTo("2026-11-01 01:00:00.000000");
    Instant halfAnHourAfter = FALL_BACK.plusSeconds(1_810);
    assertThat(stamped(CursorKind.TIMESTAMP, NEW_YORK, halfAnHourAfter).ceiling())
        .isEqualTo("2026-11-01 01:30:00.000000");
  }

  @Property
  void noLaterMomentShowsASmallerLocalTime(
      @ForAll @IntRange(min = -200_000, max = 200_000) int around,
      @ForAll @IntRange(min = 0, max = 200_000) int later) {
    Instant bound = FALL_BACK.plusSeconds(around);
    assertThat(LocalDateTime.ofInstant(bound.plusSeconds(later), NEW_YORK))
        .isAfterOrEqualTo(LocalBound.of(bound, NEW_YORK));
  }

  @Test
  void idsAreSettledAsFarAsTheyHadComeBeforeTheBound() {
    BoundHistory first = ids(BoundHistory.NONE, NOON, "100").history();
    RunBound tooSoon = ids(first, NOON.plusSeconds(9), "120");
    assertThat(tooSoon.reason()).isEqualTo(BoundReason.NO_EARLIER_RUN);
    assertThat(tooSoon.ceiling()).isNull();
    RunBound third = ids(tooSoon.history(), NOON.plusSeconds(15), "130");
    assertThat(third.ceiling()).isEqualTo("100");
    assertThat(ids(third.history(), NOON.plusSeconds(60), "150").ceiling()).isEqualTo("130");
  }

  /** What lies below the newest that counts is of no use to any later bound. */
  @Test
  void theHistoryStaysShort() {
    BoundHistory history = BoundHistory.NONE;
    for (int minute = 0; minute < 500; minute++) {
      history = ids(history, NOON.plus(Duration.ofMinutes(minute)), "1" + minute).history();
      assertThat(history.reads()).hasSizeLessThanOrEqualTo(2);
    }
    Activity.Session open =
        new Activity.Session(
            1, "client backend", "active", NOON.plusSeconds(70), NOON, true, false);
    BoundHistory pinned = BoundHistory.NONE;
    for (int minute = 0; minute < 500; minute++) {
      Activity activity =
          new Activity(NOON.plus(Duration.ofMinutes(minute)), List.of(open), 0, "1", null);
      pinned = bound(ids("1" + minute), activity, BoundSettings.BUILT_IN, pinned).history();
    }
    assertThat(pinned.reads()).hasSizeLessThan(50);
    assertThat(pinned.settled(NOON.plusSeconds(60))).hasValue("11");
    assertThat(pinned.settled(NOON.plus(Duration.ofDays(1)))).hasValue("1499");
  }

  /** What another definition's cursor had come to is no bound of this one's. */
  @Test
  void idsOfAnotherCursorSayNothing() {
    BoundHistory history = ids(BoundHistory.NONE, NOON, "100").history();
    TableState state = new TableState(7, "90", "hash", null, null, null, history, null, null, null);
    assertThat(state.boundsFor("hash").reads()).isNotEmpty();
    assertThat(state.boundsFor("other").reads()).isEmpty();
    assertThat(state.boundsFor("other").at()).isEqualTo(history.at());
  }

  @Test
  void theHistorySurvivesTheState() {
    BoundHistory history = ids(BoundHistory.NONE, NOON, "100").history();
    assertThat(RunJson.read("state", RunJson.write(history), BoundHistory.class))
        .isEqualTo(history);
  }

  @Test
  void transactionIdsNeedNoClockAndNoPrivilege() {
    Activity hidden =
        new Activity(
            NOON,
            List.of(new Activity.Session(1, null, null, null, null, false, false)),
            3,
            "4711",
            null);
    RunBound bound =
        bound(
            new CursorRead(CursorKind.XID8, CursorOrigin.DATABASE, null),
            hidden,
            BoundSettings.BUILT_IN,
            BoundHistory.NONE);
    assertThat(bound.ceiling()).isEqualTo("4711");
    assertThat(bound.reason()).isEqualTo(BoundReason.KNOWN);
  }

  @Test
  void whatNothingBoundsSaysWhy() {
    assertThat(reason(CursorKind.TIMESTAMPTZ, CursorOrigin.UNKNOWN, StampedBy.AUTO))
        .isEqualTo(BoundReason.APPLICATION_STAMPS);
    assertThat(reason(CursorKind.TIMESTAMPTZ, CursorOrigin.DATABASE, StampedBy.APPLICATION))
        .isEqualTo(BoundReason.APPLICATION_STAMPS);
    assertThat(reason(CursorKind.TIMESTAMPTZ, CursorOrigin.UNKNOWN, StampedBy.DATABASE))
        .isEqualTo(BoundReason.KNOWN);
    assertThat(reason(CursorKind.TIMESTAMPTZ, CursorOrigin.SUBSCRIPTION, StampedBy.DATABASE))
        .isEqualTo(BoundReason.LOGICAL_REPLICATION);
    assertThat(reason(CursorKind.TIMESTAMP, CursorOrigin.DATABASE, StampedBy.AUTO))
        .isEqualTo(BoundReason.ZONE_UNKNOWN);
    assertThat(reason(CursorKind.BIGINT, CursorOrigin.DATABASE, StampedBy.DATABASE))
        .isEqualTo(BoundReason.NO_SEQUENCE);
    assertThat(reason(CursorKind.XID8, CursorOrigin.UNKNOWN, StampedBy.AUTO))
        .isEqualTo(BoundReason.APPLICATION_STAMPS);
  }

  private static BoundReason reason(CursorKind kind, CursorOrigin origin, StampedBy by) {
    RunBound bound =
        bound(
            new CursorRead(kind, origin, null), quiet(NOON), settings(by, null), BoundHistory.NONE);
    assertThat(bound.ceiling() == null).isEqualTo(!bound.reason().isExact());
    return bound.reason();
  }

  private static RunBound stamped(CursorKind kind, @Nullable ZoneId zone, Instant clock) {
    return bound(
        new CursorRead(kind, CursorOrigin.DATABASE, null),
        quiet(clock),
        settings(StampedBy.AUTO, zone),
        BoundHistory.NONE);
  }

  private static RunBound ids(BoundHistory history, Instant clock, String highest) {
    return bound(ids(highest), quiet(clock), BoundSettings.BUILT_IN, history);
  }

  private static CursorRead ids(String highest) {
    return new CursorRead(CursorKind.BIGINT, CursorOrigin.SEQUENCE, highest);
  }

  private static RunBound bound(
      CursorRead read, Activity activity, BoundSettings settings, BoundHistory history) {
    return RunBound.of(new Look(read, activity), settings, history);
  }

  private static Activity quiet(Instant clock) {
    return new Activity(clock, List.of(), 0, "1", null);
  }

  private static BoundSettings settings(StampedBy by, @Nullable ZoneId zone) {
    return new BoundSettings(false, by, zone, Duration.ofSeconds(10), 10_000, null);
  }
}
