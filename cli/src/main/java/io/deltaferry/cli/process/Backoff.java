package io.deltaferry.cli.process;

import java.time.Duration;

/** How long to wait before a crashed service is started again. */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /** One that ran this long was not crashing in a loop. */
  private static final Duration STABLE = Duration.ofSeconds(30);

  private Duration next = FIRST;

  /** The wait after a process that ran for {@code uptime}; doubles while it keeps crashing. */
  Duration after(Duration uptime) {
    Duration wait = uptime.compareTo(STABLE) >= 0 ? FIRST : next;
    Duration doubled = wait.multipliedBy(2);
    next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    return wait;
  }
}
