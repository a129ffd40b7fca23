package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Session;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A job between its submission and its end. */
final class RunningJob {
  private static final Logger log = LoggerFactory.getLogger(RunningJob.class);

  private static final long REPEAT_MILLIS = 100;

  private final CompletableFuture<Job> done = new CompletableFuture<>();
  private volatile Job job;
  private @Nullable Session session;
  private @Nullable Future<?> task;
  private boolean cancelled;

  RunningJob(Job job) {
    this.job = job;
  }

  Job job() {
    return job;
  }

  void replace(Job other) {
    job = other;
  }

  CompletableFuture<Job> done() {
    return done;
  }

  synchronized void runOn(ExecutorService pool, Runnable work) {
    task = pool.submit(work);
  }

  /**
   * Stops the job, if it still runs after so long. DuckDB forgets a request to stop that comes
   * before a statement has begun, so it is made again until the job is done.
   */
  void cancelAfter(ScheduledExecutorService timer, long millis) {
    ScheduledFuture<?> stop =
        timer.scheduleWithFixedDelay(this::cancel, millis, REPEAT_MILLIS, TimeUnit.MILLISECONDS);
    CompletableFuture<Boolean> unused = done.handle((job, failure) -> stop.cancel(false));
  }

  /** Where the job's statements run from now on. */
  synchronized void cancelWith(Session statements) {
    session = statements;
    if (cancelled) {
      throw JobFailure.cancelled();
    }
  }

  /** Whether somebody asked for its end. */
  synchronized boolean cancelled() {
    return cancelled;
  }

  /** Stops the statement that runs, and every wait for a table. */
  synchronized void cancel() {
    cancelled = true;
    try {
      if (session != null) {
        session.cancel();
        if (task != null) {
          task.cancel(true);
        }
      }
    } catch (SQLException e) {
      log.warn("job {} could not be stopped", job.id(), e);
    }
  }

  synchronized void finish(Job ended) {
    session = null;
    job = ended;
    done.complete(ended);
  }

  synchronized void fail(Exception why) {
    session = null;
    done.completeExceptionally(why);
  }
}
