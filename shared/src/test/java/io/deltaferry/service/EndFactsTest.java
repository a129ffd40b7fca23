package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.StagedRuns;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EndFactsTest {
  /** When every run here is asked for, and reads the database. */
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  private final MemoryControlStore control = new MemoryControlStore();

  @Test
  void aGoodEndIsAsOldAsItsReading() {
    assertThat(ended(1, SyncOutcome.COMPLETED, 42)).isEqualTo(new EndFacts(42L, 42L, 0L));
    assertThat(ended(2, SyncOutcome.EMPTY, 43)).isEqualTo(new EndFacts(43L, 43L, 0L));
  }

  @Test
  void failuresAreCountedSinceTheLastGoodEnd() {
    ended(1, SyncOutcome.FAILED, 1);
    ended(2, SyncOutcome.COMPLETED, 2);
    assertThat(ended(3, SyncOutcome.FAILED, 60).failures()).isEqualTo(1);
    assertThat(ended(4, SyncOutcome.FAILED, 120).failures()).isEqualTo(2);
    ended(5, SyncOutcome.SUPERSEDED, 150);
    assertThat(ended(6, SyncOutcome.FAILED, 180)).isEqualTo(new EndFacts(180L, 180L, 3L));
    ended(7, SyncOutcome.EMPTY, 190);
    assertThat(ended(8, SyncOutcome.FAILED, 200).failures()).isEqualTo(1);
  }

  @Test
  void aTableThatNeverCameThroughHasNoLag() {
    assertThat(ended(1, SyncOutcome.FAILED, 60)).isEqualTo(new EndFacts(60L, null, 1L));
  }

  /** Its end may be written late, after those of runs that came after it. */
  @Test
  void laterRunsDoNotCount() {
    ended(1, SyncOutcome.COMPLETED, 1);
    StagedRuns.write(control, new RunId("orders", 2), 5);
    ended(3, SyncOutcome.COMPLETED, 60);
    assertThat(ended(2, SyncOutcome.FAILED, 90)).isEqualTo(new EndFacts(90L, 90L, 1L));
  }

  @Test
  void aSupersededRunTellsNothingOfItsTable() {
    ended(1, SyncOutcome.COMPLETED, 1);
    assertThat(ended(2, SyncOutcome.SUPERSEDED, 60)).isEqualTo(new EndFacts(60L, null, null));
  }

  /** The plan may be what the run failed for. */
  @Test
  void whatCannotBeReadIsLeftOut() {
    control.create(ObjectNames.plan(new RunId("orders", 1)), "no plan", Map.of());
    assertThat(end(1, SyncOutcome.FAILED, 60)).isEqualTo(new EndFacts(null, null, null));
    assertThat(end(2, SyncOutcome.COMPLETED, 60)).isEqualTo(new EndFacts(null, null, 0L));
  }

  private EndFacts ended(long seq, SyncOutcome outcome, int seconds) {
    RunId run = new RunId("orders", seq);
    if (control.read(ObjectNames.plan(run)).isEmpty()) {
      StagedRuns.write(control, run, 5);
    }
    return end(seq, outcome, seconds);
  }

  private EndFacts end(long seq, SyncOutcome outcome, int seconds) {
    RunId run = new RunId("orders", seq);
    ErrorCode code = outcome == SyncOutcome.FAILED ? ErrorCode.KEY_DUPLICATED : null;
    EndOfRun end =
        new EndOfRun("orders", seq, "r" + seq, outcome, 0, code, null, NOON.plusSeconds(seconds));
    control.create(ObjectNames.end(run), RunJson.write(end), Map.of());
    return EndFacts.of(control, end);
  }
}
