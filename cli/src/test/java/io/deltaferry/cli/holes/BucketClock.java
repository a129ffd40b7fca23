package io.deltaferry.cli.holes;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;

/** The clock of the local endpoints, which a test puts forward. */
final class BucketClock implements InstantSource {
  private volatile Duration ahead = Duration.ZERO;

  synchronized void forward(Duration by) {
    ahead = ahead.plus(by);
  }

  @Override
  public Instant instant() {
    return Instant.now().plus(ahead);
  }

  /** The same as those take it who ask for a clock. */
  Clock clock() {
    return withZone(ZoneOffset.UTC);
  }
}
