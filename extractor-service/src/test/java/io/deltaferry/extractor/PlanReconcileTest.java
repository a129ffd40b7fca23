package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Activity.Replica;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which source may say that a row is gone. */
class PlanReconcileTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Instant EARLIER = NOON.minusSeconds(60);

  @Test
  void aPrimaryShowsAll() {
    mayDelete(null, NOON.plusSeconds(5));
  }

  @Test
  void aReplicaShowsWhatItHasReplayed() {
    mayDelete(new Replica(true, false, EARLIER), EARLIER);
    mayNot(new Replica(true, false, EARLIER), EARLIER.plusMillis(1));
    mayDelete(new Replica(true, true, EARLIER), NOON);
    mayNot(new Replica(true, true, EARLIER), NOON.plusMillis(1));
  }

  /** What it has received may be all that it will ever receive. */
  @Test
  void aReplicaWithoutConnectionShowsNoMore() {
    mayNot(new Replica(false, true, EARLIER), NOON);
  }

  @Test
  void aReplicaOfWhichNobodyKnowsShowsNothing() {
    mayNot(new Replica(true, false, null), EARLIER);
    mayDelete(new Replica(true, false, null), null);
  }

  private static void mayDelete(@Nullable Replica replica, @Nullable Instant shownFrom) {
    assertThatCode(() -> require(replica, shownFrom)).doesNotThrowAnyException();
  }

  private static void mayNot(@Nullable Replica replica, Instant shownFrom) {
    assertThatThrownBy(() -> require(replica, shownFrom))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_BEHIND));
  }

  private static void require(@Nullable Replica replica, @Nullable Instant shownFrom) {
    PlanReconcile.requireShown("orders", new Activity(NOON, List.of(), 0, "1", replica), shownFrom);
  }
}
