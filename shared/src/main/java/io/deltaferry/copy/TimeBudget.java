package io.deltaferry.copy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Ends an extraction that takes too long: a delivery's deadline waits for nobody. */
final class TimeBudget implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Duration budget;
  private final Thread timer;
  private final StopSignal stop;

  /**
   * Takes the time.
   *
   * @param stop is given the failure, on a thread of the budget's own
   */
  TimeBudget(Duration budget, StopSignal stop) {
    this.budget = budget;
    this.stop = stop;
    timer = new Thread(this::await, "deltaferry-budget");
    timer.setDaemon(true);
  }

  void start() {
    timer.start();
  }

  /** Afterwards no thread of the budget runs. */
  @Override
  public void close() {
    closed.countDown();
    try {
      timer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void await() {
    try {
      if (!closed.await(budget.toMillis(), TimeUnit.MILLISECONDS)) {
        expire();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void expire() {
    stop.stop(
        new DeltaferryException(
            ErrorCode.SOURCE_TIMEOUT,
            "the extraction did not end within its budget of %d ms; it is tried again"
                .formatted(budget.toMillis())));
  }
}
