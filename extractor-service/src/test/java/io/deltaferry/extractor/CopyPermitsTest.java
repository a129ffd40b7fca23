package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CopyPermitsTest {
  @Test
  void theHeapDecides() {
    assertThat(CopyPermits.forHeap(64L << 20).available()).isEqualTo(1);
    assertThat(CopyPermits.forHeap(128L << 20).available()).isEqualTo(2);
    assertThat(CopyPermits.forHeap(512L << 20).available()).isEqualTo(14);
  }

  @Test
  void aPermitComesBackAfterAFailure() {
    CopyPermits permits = new CopyPermits(1);
    assertThatThrownBy(
            () ->
                permits.holding(
                    Duration.ZERO,
                    left -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(permits.available()).isEqualTo(1);
  }

  /** A delivery's deadline counts from its start. */
  @Test
  @Timeout(60)
  void theWaitCountsAgainstTheBudget() throws Exception {
    Duration budget = Duration.ofMinutes(2);
    Duration held = Duration.ofMillis(5);
    CopyPermits permits = new CopyPermits(1);
    FutureTask<Duration> second = new FutureTask<>(() -> permits.holding(budget, left -> left));
    Thread waiter = new Thread(second);
    permits.holding(
        budget,
        all -> {
          waiter.start();
          while (waiter.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
          }
          long from = System.nanoTime();
          while (System.nanoTime() - from < held.toNanos()) {
            Thread.onSpinWait();
          }
          return all;
        });
    assertThat(second.get()).isBetween(budget.dividedBy(2), budget.minus(held));
  }

  @Test
  void whoWaitsTooLongIsToldToComeBack() {
    CopyPermits permits = new CopyPermits(1);
    assertThatThrownBy(
            () ->
                permits.holding(
                    Duration.ZERO, left -> permits.holding(Duration.ofMillis(5), more -> "never")))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
  }
}
