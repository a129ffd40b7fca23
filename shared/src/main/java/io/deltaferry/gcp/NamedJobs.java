package io.deltaferry.gcp;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQueryError;
import com.google.cloud.bigquery.BigQueryException;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobConfiguration;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobInfo;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs jobs named after work (architecture rule 3): a job id that exists is looked at, not
 * repeated; one that failed for a passing reason is followed by the next predictable id.
 */
final class NamedJobs {
  private static final Logger log = LoggerFactory.getLogger(NamedJobs.class);

  /** Redeliveries are bounded by the subscription; this bounds a loop of our own making. */
  private static final int MAX_ATTEMPTS = 50;

  private static final int CONFLICT = 409;

  private final BigQuery bigQuery;
  private final String project;
  private final String location;
  private final Duration patience;

  /**
   * Takes what all jobs share.
   *
   * @param patience how long one call waits for a job; it must end inside the handler's budget
   */
  NamedJobs(BigQuery bigQuery, String project, String location, Duration patience) {
    this.bigQuery = bigQuery;
    this.project = project;
    this.location = location;
    this.patience = patience;
  }

  /**
   * Runs the work, or finds that it is done.
   *
   * @return the job that did it
   * @throws DeltaferryException WAREHOUSE_JOB_RUNNING when it takes longer than the patience
   */
  Job run(String name, JobConfiguration configuration) {
    for (int attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      JobId id =
          JobId.newBuilder()
              .setProject(project)
              .setLocation(location)
              .setJob(attempt == 1 ? name : name + "_a" + attempt)
              .build();
      Job existing = find(id);
      Job job = await(existing == null ? insert(id, configuration) : existing);
      BigQueryError error = job.getStatus().getError();
      if (error == null) {
        return job;
      }
      if (JobErrors.isFinal(error) || existing == null) {
        throw JobErrors.of("job " + id.getJob(), error);
      }
      log.info("job {} failed before ({}); trying the next id", id.getJob(), error.getReason());
    }
    throw new DeltaferryException(
        ErrorCode.WAREHOUSE_REFUSED, "job " + name + " failed " + MAX_ATTEMPTS + " times");
  }

  private @Nullable Job find(JobId id) {
    try {
      return bigQuery.getJob(id);
    } catch (BigQueryException e) {
      throw JobErrors.of("looking for job " + id.getJob(), e);
    }
  }

  private Job insert(JobId id, JobConfiguration configuration) {
    try {
      return bigQuery.create(JobInfo.of(id, configuration));
    } catch (BigQueryException e) {
      Job winner = e.getCode() == CONFLICT ? find(id) : null;
      if (winner == null) {
        throw JobErrors.of("starting job " + id.getJob(), e);
      }
      return winner;
    }
  }

  /** Polls with growing pauses; the client's own wait throws for failed jobs before we can look. */
  private Job await(Job job) {
    long deadline = System.nanoTime() + patience.toNanos();
    long pauseMillis = 20;
    Job now = job;
    while (!isDone(now)) {
      if (System.nanoTime() > deadline) {
        throw new DeltaferryException(
            ErrorCode.WAREHOUSE_JOB_RUNNING, "job " + name(job) + " still runs after " + patience);
      }
      pause(pauseMillis);
      pauseMillis = Math.min(1_000, pauseMillis * 3 / 2);
      Job found = find(job.getJobId());
      if (found == null) {
        throw new DeltaferryException(
            ErrorCode.WAREHOUSE_UNAVAILABLE, "job " + name(job) + " is not to be found");
      }
      now = found;
    }
    return now;
  }

  private static boolean isDone(Job job) {
    return job.getStatus() != null
        && com.google.cloud.bigquery.JobStatus.State.DONE.equals(job.getStatus().getState());
  }

  private static String name(Job job) {
    return String.valueOf(job.getJobId().getJob());
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DeltaferryException(
          ErrorCode.WAREHOUSE_UNAVAILABLE, "interrupted while waiting", e);
    }
  }
}
