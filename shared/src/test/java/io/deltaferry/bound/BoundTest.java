package io.deltaferry.bound;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.Activity.Replica;
import io.deltaferry.bound.Activity.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BoundTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant TEN = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant ELEVEN = Instant.parse("2026-11-20T11:00:00Z");
  private static final Duration MARGIN = Duration.ofSeconds(10);

  @Test
  void aQuietDatabaseIsBoundByItsClock() {
    assertThat(bound(activity())).isEqualTo(known(NOON.minus(MARGIN), null));
  }

  @Test
  void theOldestTransactionCounts() {
    assertThat(bound(activity(writer(1, ELEVEN), writer(2, TEN), writer(3, ELEVEN))))
        .isEqualTo(known(TEN.minus(MARGIN), new Bound.Pin(2, TEN)));
  }

  /** Between two statements of one message; the next one's now() is the message's arrival. */
  @Test
  void aMessageAtWorkCountsFromItsArrival() {
    Session between = new Session(4, "client backend", "active", null, TEN, false, false);
    assertThat(bound(activity(between))).isEqualTo(known(TEN.minus(MARGIN), new Bound.Pin(4, TEN)));
    Session idle = new Session(4, "client backend", "idle", null, TEN, false, false);
    assertThat(bound(activity(idle))).isEqualTo(known(NOON.minus(MARGIN), null));
  }

  @Test
  void thoseThatStampNoRowsDoNotCount() {
    Session vacuum = new Session(5, "autovacuum worker", "active", TEN, TEN, true, false);
    Session sender = new Session(6, "walsender", "active", TEN, TEN, false, false);
    Session extractor = new Session(7, "client backend", "active", TEN, TEN, false, true);
    assertThat(bound(activity(vacuum, sender, extractor)).at()).isEqualTo(NOON.minus(MARGIN));
  }

  /** Whoever wrote is no reader, whatever else it looks like. */
  @Test
  void whatHasWrittenCounts() {
    Session forger = new Session(7, "client backend", "active", TEN, TEN, true, true);
    Session sender = new Session(6, "walsender", "active", ELEVEN, TEN, true, false);
    Session worker = new Session(8, "pg_cron", null, ELEVEN, null, false, false);
    assertThat(bound(activity(forger)).at()).isEqualTo(TEN.minus(MARGIN));
    assertThat(bound(activity(sender)).at()).isEqualTo(ELEVEN.minus(MARGIN));
    assertThat(bound(activity(worker)).at()).isEqualTo(ELEVEN.minus(MARGIN));
  }

  @Test
  void whatIsHiddenOrUntrackedLeavesNoBound() {
    Session hidden = new Session(1, null, null, null, null, false, false);
    Session untracked = new Session(1, "client backend", "disabled", null, null, false, false);
    Session timeless = new Session(1, "client backend", "active", null, null, false, false);
    assertThat(bound(activity(writer(2, TEN), hidden)))
        .isEqualTo(new Bound(null, BoundReason.SESSIONS_HIDDEN, null));
    assertThat(bound(activity(writer(2, TEN), untracked)))
        .isEqualTo(new Bound(null, BoundReason.SESSIONS_UNTRACKED, null));
    assertThat(bound(activity(timeless)).reason()).isEqualTo(BoundReason.SESSIONS_UNTRACKED);
  }

  /** Nobody records when a prepared transaction began. */
  @Test
  void whileATransactionIsPreparedTheBoundStays() {
    Activity prepared = new Activity(NOON, List.of(writer(1, ELEVEN)), 1, "1", null);
    assertThat(Bound.of(prepared, MARGIN, TEN))
        .isEqualTo(new Bound(TEN, BoundReason.PREPARED, new Bound.Pin(1, ELEVEN)));
    assertThat(Bound.of(prepared, MARGIN, NOON).at()).isEqualTo(ELEVEN.minus(MARGIN));
    assertThat(Bound.of(prepared, MARGIN, null))
        .isEqualTo(new Bound(null, BoundReason.PREPARED_EARLIER, null));
  }

  @Test
  void aReplicaShowsWhatItHasReplayed() {
    assertThat(Bound.of(replica(new Replica(true, true, TEN)), MARGIN, TEN).reason())
        .isEqualTo(BoundReason.REPLICA);
    assertThat(replica(new Replica(true, true, TEN)).shown()).isEqualTo(NOON);
    assertThat(replica(new Replica(true, false, TEN)).lag()).contains(Duration.ofHours(2));
    // "All that was received" says nothing while nothing can be received.
    assertThat(replica(new Replica(false, true, ELEVEN)).shown()).isEqualTo(ELEVEN);
    assertThat(replica(new Replica(false, true, null)).lag()).isEmpty();
  }

  @Property
  void neverAboveAnyTransactionOrTheClock(
      @ForAll @Size(max = 8) List<@IntRange(min = -7_200, max = 0) Integer> starts,
      @ForAll @IntRange(min = 0, max = 60) int margin) {
    List<Session> sessions =
        starts.stream().map(start -> writer(Math.abs(start), NOON.plusSeconds(start))).toList();
    Bound bound =
        Bound.of(new Activity(NOON, sessions, 0, "1", null), Duration.ofSeconds(margin), null);
    assertThat(bound.at()).isNotNull().isBeforeOrEqualTo(NOON.minusSeconds(margin));
    for (Session session : sessions) {
      assertThat(bound.at()).isBeforeOrEqualTo(session.since());
    }
  }

  private static Session writer(int pid, Instant start) {
    return new Session(pid, "client backend", "idle in transaction", start, NOON, true, false);
  }

  private static Activity activity(Session... sessions) {
    return new Activity(NOON, List.of(sessions), 0, "1", null);
  }

  private static Activity replica(Replica replica) {
    return new Activity(NOON, List.of(), 0, "1", replica);
  }

  private static Bound bound(Activity activity) {
    return Bound.of(activity, MARGIN, null);
  }

  private static Bound known(Instant at, Bound.@Nullable Pin pin) {
    return new Bound(at, BoundReason.KNOWN, pin);
  }
}
