package io.deltaferry.cli.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.MemoryControlStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunHistoryTest {
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration EXPIRY = Duration.ofHours(1);

  private final MemoryControlStore control = new MemoryControlStore();

  @Test
  void aTableThatNobodyAskedFor() {
    assertThat(state(NOW)).isEqualTo(TableState.NEVER);
    assertThat(history().newest()).isEmpty();
  }

  @Test
  void aRunWithoutEndRunsUntilItIsAbandoned() {
    plan(1, "r1");
    assertThat(state(NOW)).isEqualTo(TableState.RUNNING);
    assertThat(state(NOW.plus(EXPIRY).plusSeconds(1))).isEqualTo(TableState.PENDING);
  }

  @Test
  void theNewestEndDecides() {
    plan(1, "r1");
    end(1, SyncOutcome.FAILED);
    assertThat(state(NOW)).isEqualTo(TableState.FAILED);
    plan(2, "r2");
    end(2, SyncOutcome.EMPTY);
    assertThat(state(NOW)).isEqualTo(TableState.COMPLETED);
    assertThat(history().ends().failure()).isEmpty();
    plan(3, "r3");
    end(3, SyncOutcome.FAILED);
    assertThat(state(NOW)).isEqualTo(TableState.FAILED);
    assertThat(history().ends().failure())
        .hasValueSatisfying(end -> assertThat(end.seq()).isEqualTo(3));
    assertThat(history().ends().lastGood())
        .hasValueSatisfying(end -> assertThat(end.seq()).isEqualTo(2));
  }

  @Test
  void theLastFailureIsRememberedWhileTheNextRunWorks() {
    plan(1, "r1");
    end(1, SyncOutcome.FAILED);
    plan(2, "r2");
    assertThat(state(NOW)).isEqualTo(TableState.RUNNING);
    assertThat(history().ends().failure()).isPresent();
  }

  @Test
  void aReleasedRequestIsPendingUntilItsRunBegins() {
    plan(1, "r1");
    control.create(ObjectNames.pending(run(1), "r2"), "{}", Map.of());
    end(1, SyncOutcome.COMPLETED);
    assertThat(state(NOW)).isEqualTo(TableState.PENDING);
    plan(2, "r2");
    end(2, SyncOutcome.COMPLETED);
    assertThat(state(NOW)).isEqualTo(TableState.COMPLETED);
  }

  private TableState state(Instant now) {
    return history().state(now, EXPIRY);
  }

  private RunHistory history() {
    return RunHistory.read(control, "orders");
  }

  private void plan(long seq, String requestId) {
    control.create(ObjectNames.plan(run(seq)), "{}", Map.of(KnownRun.REQUEST_ID, requestId));
  }

  private void end(long seq, SyncOutcome outcome) {
    boolean failed = outcome == SyncOutcome.FAILED;
    EndOfRun end =
        new EndOfRun(
            "orders",
            seq,
            "r" + seq,
            outcome,
            0,
            failed ? ErrorCode.SOURCE_MISSING : null,
            failed ? "gone" : null,
            NOW);
    control.create(ObjectNames.end(run(seq)), RunJson.write(end), Map.of());
  }

  private static RunId run(long seq) {
    return new RunId("orders", seq);
  }
}
