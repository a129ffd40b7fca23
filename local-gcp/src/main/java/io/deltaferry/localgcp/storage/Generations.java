package io.deltaferry.localgcp.storage;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Numbers new contents: the time in microseconds, as Cloud Storage does, and always growing. */
final class Generations {
  private final Clock clock;
  private final AtomicLong last = new AtomicLong();

  Generations(Clock clock) {
    this.clock = clock;
  }

  long next() {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    return last.updateAndGet(previous -> Math.max(previous + 1, micros));
  }

  /** A generation that is in use already. */
  void seen(long generation) {
    last.accumulateAndGet(generation, Math::max);
  }

  Instant now() {
    return clock.instant();
  }
}
