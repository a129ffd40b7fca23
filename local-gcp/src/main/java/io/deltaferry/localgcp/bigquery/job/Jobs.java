package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.http.GoogleError;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All jobs: takes each id once, runs them on a bounded pool and remembers them. */
public final class Jobs implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Jobs.class);

  private final Catalog catalog;
  private final Clock clock;
  private final Executions executions;
  private final ExecutorService pool;
  private final ScheduledExecutorService timer;
  private final Map<JobId, RunningJob> running = new ConcurrentHashMap<>();

  private Jobs(Catalog catalog, Executions executions, int concurrent) {
    this.catalog = catalog;
    this.clock = catalog.clock();
    this.executions = executions;
    this.pool = Executors.newFixedThreadPool(concurrent, task -> daemon(task, "bigquery-job"));
    this.timer = Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "bigquery-timer"));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Drops expired tables, every minute from now on. */
  public void dropExpiredTables() {
    ScheduledFuture<?> unused =
        timer.scheduleWithFixedDelay(this::dropExpired, 0, 1, TimeUnit.MINUTES);
  }

  private void dropExpired() {
    try (Session session = catalog.session()) {
      catalog.dropExpired(session);
    } catch (SQLException | RuntimeException e) {
      log.warn("expired tables could not be dropped; this is tried again", e);
    }
  }

  /** The jobs of an open file; those a stopped process left unfinished end as failed. */
  public static Jobs open(Catalog catalog, Executions executions, int concurrent)
      throws SQLException {
    Jobs jobs = new Jobs(catalog, executions, concurrent);
    try (Session session = catalog.session()) {
      for (Job job : JobStore.unfinished(session)) {
        JobError why =
            JobError.of("backendError", "The local BigQuery was stopped while the job ran.");
        JobStore.update(session, job.failed(jobs.clock.millis(), List.of(why), job.statistics()));
      }
    }
    return jobs;
  }

  /**
   * Takes a job; it runs by itself from here on.
   *
   * @throws GoogleError duplicate for an id that was used before, invalid for a configuration no
   *     job here has
   */
  public Job submit(JobId id, ObjectNode configuration) throws SQLException {
    Execution execution = executions.of(configuration);
    Job job =
        new Job(
            id,
            configuration,
            null,
            JobState.PENDING,
            clock.millis(),
            0,
            0,
            Json.object(),
            List.of());
    RunningJob entry = accept(job);
    entry.runOn(pool, () -> run(entry, execution));
    long limit = configuration.path("jobTimeoutMs").asLong(0);
    if (limit > 0) {
      entry.cancelAfter(timer, limit);
    }
    return job;
  }

  /** One at a time: nobody may take an id, or see a job under it, that another one has. */
  private synchronized RunningJob accept(Job job) throws SQLException {
    try (Session session = catalog.session()) {
      if (JobStore.find(session, job.id()).isPresent()) {
        throw new GoogleError(409, "duplicate", "Already Exists: Job " + job.id());
      }
      JobStore.insert(session, job);
    }
    RunningJob entry = new RunningJob(job);
    running.put(job.id(), entry);
    return entry;
  }

  /**
   * Checks a job without running or remembering it.
   *
   * @throws GoogleError for what would make the job fail
   */
  public Job dryRun(JobId id, ObjectNode configuration) throws SQLException {
    Execution execution = executions.of(configuration);
    long now = clock.millis();
    Job job =
        new Job(id, configuration, null, JobState.RUNNING, now, now, 0, Json.object(), List.of());
    try (Session session = catalog.session()) {
      Execution.Outcome outcome = execution.dryRun(job, session);
      return job.succeeded(clock.millis(), outcome.configuration(), outcome.statistics());
    } catch (JobFailure | SQLException e) {
      JobError error = Failures.of(e, null).error();
      throw new GoogleError(error.httpStatus(), error.reason(), error.message());
    }
  }

  private void run(RunningJob entry, Execution execution) {
    Job job = entry.job().running(clock.millis());
    entry.replace(job);
    Job done;
    try (Session session = catalog.session()) {
      entry.cancelWith(session);
      Execution.Outcome outcome = execution.run(job, session);
      done = job.succeeded(clock.millis(), outcome.configuration(), outcome.statistics());
    } catch (SQLException | IOException | RuntimeException | Error e) {
      // Errors too, such as a query nested too deeply: whoever waits must hear of the end.
      // A statement that is stopped fails in many ways, depending on where it was.
      JobFailure failure = entry.cancelled() ? JobFailure.cancelled() : Failures.of(e, null);
      done = job.failed(clock.millis(), failure.errors(), failure.statistics());
    }
    finish(entry, done);
  }

  private void finish(RunningJob entry, Job done) {
    try (Session session = catalog.session()) {
      JobStore.update(session, done);
    } catch (SQLException e) {
      log.error("the end of job {} could not be kept", done.id(), e);
      entry.fail(e);
      return;
    }
    entry.finish(done);
    running.remove(done.id());
  }

  /** The job as it is now. */
  public Optional<Job> find(JobId id) throws SQLException {
    RunningJob entry = running.get(id);
    if (entry != null) {
      return Optional.of(entry.job());
    }
    try (Session session = catalog.session()) {
      return JobStore.find(session, id);
    }
  }

  /**
   * The job as it is now.
   *
   * @throws GoogleError notFound
   */
  public Job job(JobId id) throws SQLException {
    return find(id).orElseThrow(() -> GoogleError.notFound("Not found: Job " + id));
  }

  /** Waits for the job to be done, at most so long; then the job as it is. */
  public Job await(JobId id, Duration limit) throws SQLException {
    RunningJob entry = running.get(id);
    if (entry == null) {
      return job(id);
    }
    try {
      return entry.done().get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException stillRunning) {
      return entry.job();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return entry.job();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the end of job " + id + " could not be kept", e);
    }
  }

  /** Newest first; {@code parent} null means the jobs that are no script's children. */
  public List<Job> list(String project, @Nullable String parent) throws SQLException {
    try (Session session = catalog.session()) {
      return JobStore.list(session, project, parent).stream()
          .map(job -> Optional.ofNullable(running.get(job.id())).map(RunningJob::job).orElse(job))
          .toList();
    }
  }

  /** Asks the job to stop; a job that is done stays as it is. */
  public Job cancel(JobId id) throws SQLException {
    RunningJob entry = running.get(id);
    if (entry != null) {
      entry.cancelAfter(timer, 0);
    }
    return job(id);
  }

  /**
   * Forgets a job and its children.
   *
   * @throws GoogleError notFound, or invalid while it runs
   */
  public void delete(JobId id) throws SQLException {
    if (!job(id).done()) {
      throw GoogleError.invalid("Cannot delete job " + id + ": it is still running");
    }
    try (Session session = catalog.session()) {
      JobStore.delete(session, id);
    }
  }

  /** Stops every job that still runs and waits for a moment. */
  @Override
  public void close() {
    timer.shutdownNow();
    pool.shutdown();
    try {
      boolean ended = false;
      for (int i = 0; i < 50 && !ended; i++) {
        running.values().forEach(RunningJob::cancel);
        ended = pool.awaitTermination(100, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      pool.shutdownNow();
    }
  }
}
