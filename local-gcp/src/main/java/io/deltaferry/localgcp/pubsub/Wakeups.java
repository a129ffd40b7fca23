package io.deltaferry.localgcp.pubsub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one task whenever it is woken or its own next moment comes, never twice at a time. */
final class Wakeups {
  private static final Logger log = LoggerFactory.getLogger(Wakeups.class);

  private final ScheduledExecutorService scheduler;
  private final Clock clock;
  private final Supplier<Optional<Instant>> task;
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable Future<?> alarm;

  /**
   * @param task must not block; returns when it wants to run next by itself
   */
  Wakeups(ScheduledExecutorService scheduler, Clock clock, Supplier<Optional<Instant>> task) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.task = task;
  }

  /** Returns at once; wakes that come before the task starts run it once. */
  void wake() {
    if (asked.getAndIncrement() == 0) {
      submit();
    }
  }

  private void submit() {
    try {
      scheduler.execute(this::run);
    } catch (RejectedExecutionException e) {
      log.debug("woken while stopping", e);
    }
  }

  // Only one run is ever submitted: a wake during it finds a count above zero, and the run submits
  // the next one itself. So no thread of the shared pool waits for another.
  private void run() {
    int seen = asked.get();
    try {
      Optional<Instant> next = task.get();
      if (alarm != null) {
        alarm.cancel(false);
      }
      next.ifPresent(this::setAlarm);
    } catch (RejectedExecutionException e) {
      log.debug("stopped while delivering", e);
    } catch (RuntimeException | Error e) {
      // An error, too: the scheduler would keep it to itself, and nothing would run again.
      if (!scheduler.isShutdown()) {
        log.error("a delivery round failed; it is tried again in a second", e);
        setAlarm(clock.instant().plusSeconds(1));
      }
    }
    if (asked.addAndGet(-seen) > 0) {
      submit();
    }
  }

  private void setAlarm(Instant at) {
    // One millisecond more, so that the moment has surely come when the alarm rings.
    long millis = Math.max(0, Duration.between(clock.instant(), at).toMillis()) + 1;
    alarm = scheduler.schedule(this::wake, millis, TimeUnit.MILLISECONDS);
  }
}
