package io.deltaferry.cli.endtoend;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Looks again and again, until it is there. */
public final class Waiting {
  private static final long EVERY_MILLIS = 10;

  private Waiting() {}

  public static <T> T until(String what, Duration timeout, Supplier<Optional<T>> look) {
    long deadline = System.nanoTime() + timeout.toNanos();
    Optional<T> found = look.get();
    while (found.isEmpty()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(what + " did not come within " + timeout);
      }
      pause();
      found = look.get();
    }
    return found.get();
  }

  public static void until(String what, Duration timeout, BooleanSupplier there) {
    until(what, timeout, () -> there.getAsBoolean() ? Optional.of(what) : Optional.empty());
  }

  private static void pause() {
    try {
      Thread.sleep(EVERY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
