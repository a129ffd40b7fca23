package io.deltaferry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.testing.MemoryControlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownRunTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final RunId FIRST = new RunId("orders", 1);
  private static final RunId SECOND = new RunId("orders", 2);

  private final MemoryControlStore control = new MemoryControlStore();

  @Test
  void aNumberIsOneRequests() {
    assertThat(KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}")).isTrue();
    assertThat(KnownRun.begin(control, FIRST, KnownRun.Origin.of("b"), "{}")).isFalse();
    assertThat(only().requestId()).isEqualTo("a");
  }

  @Test
  void aSignOfLifeKeepsARunFromBeingAbandoned() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
    control.setNow(NOON.plusSeconds(50));
    beat(FIRST, 1, "");
    KnownRun run = only();
    assertThat(run.newest()).isEqualTo(NOON.plusSeconds(50));
    assertThat(run.abandoned(NOON.plusSeconds(100), Duration.ofSeconds(60))).isFalse();
    assertThat(run.abandoned(NOON.plusSeconds(111), Duration.ofSeconds(60))).isTrue();
  }

  @Test
  void whoClaimedARunLastHoldsIt() {
    KnownRun.begin(control, FIRST, new KnownRun.Origin("a", ExtractRequest.USUAL, "x"), "{}");
    assertThat(only().holder()).isEqualTo("x");
    control.setNow(NOON.plusSeconds(1));
    beat(FIRST, 1, "y");
    control.setNow(NOON.plusSeconds(2));
    control.create(ObjectNames.outcome(FIRST, "0"), "{}", Map.of());
    assertThat(only().holder()).isEqualTo("y");
  }

  @Test
  void aRunThatNobodyClaimedHasNoHolder() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
    beat(FIRST, 1, "");
    assertThat(only().holder()).isEmpty();
  }

  /** Days of signs are more than one listing shows. */
  @Test
  void howALongRunStandsIsSeenWhateverItsNumberOfSigns() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
    KnownRun.begin(control, SECOND, KnownRun.Origin.of("b"), "{}");
    for (int n = 1; n <= 1_200; n++) {
      control.setNow(NOON.plusSeconds(n));
      beat(SECOND, n, "x");
    }
    control.create(ObjectNames.end(SECOND), "{}", Map.of());
    assertThat(KnownRun.of(control, "orders"))
        .containsExactly(
            new KnownRun(SECOND, "b", ExtractRequest.USUAL, NOON.plusSeconds(1_200), true, "x"));
  }

  private void beat(RunId run, long number, String holder) {
    control.create(ObjectNames.beat(run, "0", number), "{}", KnownRun.claim(holder));
  }

  private KnownRun only() {
    List<KnownRun> runs = KnownRun.of(control, "orders");
    assertThat(runs).hasSize(1);
    return runs.get(0);
  }
}
