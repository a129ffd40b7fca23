package io.deltaferry.localgcp.pubsub;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/** Numeric message ids, unique across restarts because they start at the time in microseconds. */
final class MessageIds {
  private final AtomicLong last;

  /**
   * @param highest an id given before; the new ones are above it
   */
  MessageIds(Instant start, long highest) {
    last = new AtomicLong(Math.max(start.toEpochMilli() * 1_000, highest));
  }

  String next() {
    return Long.toString(last.incrementAndGet());
  }
}
