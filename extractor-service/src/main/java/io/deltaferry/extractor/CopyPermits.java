package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Bounds the extractions of one instance, so that its heap stays constant however many requests are
 * pushed at once. Who waits is served in order of arrival.
 */
final class CopyPermits {
  /** What an instance needs before it extracts anything: classes, clients, HTTP. */
  private static final long BASE_BYTES = 56L << 20;

  /** Blocks, compressor buffers and the upload's chunk, with room to spare. */
  private static final long EXTRACTION_BYTES = 32L << 20;

  private final Semaphore permits;

  CopyPermits(int count) {
    permits = new Semaphore(count, /* fair= */ true);
  }

  /** As many as a heap of this many bytes bears, and at least one. */
  static CopyPermits forHeap(long maxBytes) {
    return new CopyPermits((int) Math.max(1, (maxBytes - BASE_BYTES) / EXTRACTION_BYTES));
  }

  int available() {
    return permits.availablePermits();
  }

  /**
   * Runs the work when its turn comes, with what the wait has left of the budget: at least half.
   *
   * @throws DeltaferryException SOURCE_UNAVAILABLE when it does not come in time; the message will
   *     be delivered again
   */
  <T> T holding(Duration budget, Function<Duration, T> work) {
    Duration patience = budget.dividedBy(2);
    long asked = System.nanoTime();
    try {
      if (!permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new DeltaferryException(
            ErrorCode.SOURCE_UNAVAILABLE,
            "this instance had no room for another extraction within "
                + patience
                + "; allow more instances, or a larger heap");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeltaferryException(
          ErrorCode.SOURCE_UNAVAILABLE, "interrupted while waiting for room to extract", e);
    }
    try {
      Duration waited = Duration.ofNanos(System.nanoTime() - asked);
      return work.apply(budget.minus(waited.compareTo(patience) < 0 ? waited : patience));
    } finally {
      permits.release();
    }
  }
}
