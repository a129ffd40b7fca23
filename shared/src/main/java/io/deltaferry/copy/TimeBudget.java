package io.deltaferry.copy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends an extraction that takes too long: a delivery's deadline waits for nobody. */
final class TimeBudget implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Duration budget;
  private final Thread timer;
  private Consumer<Throwable> onExpiry;
  private @Nullable DeltaferryException expired;

  /**
   * Starts the clock.
   *
   * @param onExpiry receives the failure, on a thread of the budget's own
   */
  TimeBudget(Duration budget, Consumer<Throwable> onExpiry) {
    this.budget = budget;
    this.onExpiry = onExpiry;
    timer = new Thread(this::await, "deltaferry-budget");
    timer.setDaemon(true);
    timer.start();
  }

  /** From now on this receives the failure; at once when it is too late already. */
  synchronized void handTo(Consumer<Throwable> receiver) {
    onExpiry = receiver;
    if (expired != null) {
      receiver.accept(expired);
    }
  }

  /** The failure, when time has run out. */
  synchronized Optional<DeltaferryException> expired() {
    return Optional.ofNullable(expired);
  }

  /**
   * Afterwards no thread of the budget runs, and no late cancel hits what the session does next.
   */
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

  private synchronized void expire() {
    expired =
        new DeltaferryException(
            ErrorCode.SOURCE_TIMEOUT,
            "the extraction did not end within its budget of %d ms; it is tried again"
                .formatted(budget.toMillis()));
    onExpiry.accept(expired);
  }
}
