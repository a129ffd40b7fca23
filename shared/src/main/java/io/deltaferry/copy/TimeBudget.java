package io.deltaferry.copy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Ends an extraction that takes too long: a delivery's deadline waits for nobody. */
final class TimeBudget implements AutoCloseable {
  /** A cancel is a connection of its own, which may take its time. */
  private static final int CANCEL_SECONDS = 30;

  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "deltaferry-budget");
            thread.setDaemon(true);
            return thread;
          });
  private final Duration budget;
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
    ScheduledFuture<?> unused =
        timer.schedule(this::expire, budget.toMillis(), TimeUnit.MILLISECONDS);
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
    timer.shutdownNow();
    try {
      boolean ended = timer.awaitTermination(CANCEL_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        throw new IllegalStateException("the budget's thread does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void expire() {
    expired =
        new DeltaferryException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "the extraction did not end within its budget of %d ms; it is tried again"
                .formatted(budget.toMillis()));
    onExpiry.accept(expired);
  }
}
