package io.deltaferry.extractor;

import io.deltaferry.copy.StopSignal;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.RunId;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Leaves a sign of life four times in each expiry of a run, so that nobody takes it over while its
 * rows are read, and stops the reading once the run is another's.
 */
final class Heartbeat implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Heartbeat.class);

  /** Three may be lost before anybody takes the run for dead. */
  private static final int BEATS_IN_AN_EXPIRY = 4;

  private final RunId run;
  private final Beats beats;
  private final StopSignal stop;
  private final Runnable told;
  private final ScheduledExecutorService timer;
  private final ScheduledFuture<?> beating;
  private volatile boolean lost;

  /**
   * Starts to beat, the first time after a quarter of the expiry.
   *
   * @param stop is told when the run is lost
   * @param told is done after each beat
   */
  Heartbeat(RunId run, Beats beats, Duration expiry, StopSignal stop, Runnable told) {
    this.run = run;
    this.beats = beats;
    this.stop = stop;
    this.told = told;
    timer = Executors.newSingleThreadScheduledExecutor(Heartbeat::thread);
    Map<String, String> marks = MDC.getCopyOfContextMap();
    long every = expiry.dividedBy(BEATS_IN_AN_EXPIRY).toNanos();
    beating = timer.scheduleAtFixedRate(() -> beat(marks), every, every, TimeUnit.NANOSECONDS);
  }

  /** Beats now: whoever claims a run finds out at once whether it has it. */
  void beat() {
    if (lost) {
      return;
    }
    if (beats.next()) {
      told.run();
    } else {
      lost = true;
      stop.stop(
          new DeltaferryException(
              ErrorCode.SUPERSEDED,
              "run " + run + " has ended, or somebody else works on it; nothing of this is used"));
    }
  }

  /** Whether the run has been seen to be another's, or over. */
  boolean lost() {
    return lost;
  }

  /** Waits for a beat that is under way. */
  @Override
  public void close() {
    beating.cancel(/* mayInterruptIfRunning= */ false);
    timer.shutdown();
    try {
      timer.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void beat(@Nullable Map<String, String> marks) {
    if (marks != null) {
      MDC.setContextMap(marks);
    }
    try {
      beat();
    } catch (RuntimeException e) {
      // The next one may work; a timer whose task throws never runs it again.
      log.warn("no sign of life of run {}: {}", run, e.getMessage());
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "deltaferry-heartbeat");
    thread.setDaemon(true);
    return thread;
  }
}
