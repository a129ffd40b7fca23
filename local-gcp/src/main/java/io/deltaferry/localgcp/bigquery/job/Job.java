package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A job at one moment.
 *
 * @param configuration as submitted, defaults and destinations filled in
 * @param parent the script that ran it as one of its statements
 * @param created epoch milliseconds
 * @param started epoch milliseconds, 0 while pending
 * @param ended epoch milliseconds, 0 while not done
 * @param statistics the part that depends on the job's kind, such as {@code {"query": {..}}}
 * @param errors why it failed, the result first; empty unless done and failed
 */
public record Job(
    JobId id,
    ObjectNode configuration,
    @Nullable String parent,
    JobState state,
    long created,
    long started,
    long ended,
    ObjectNode statistics,
    List<JobError> errors) {
  /** The one location this server has, unless a dataset says another. */
  public static final String LOCATION = "US";

  public Job {
    configuration = configuration.deepCopy();
    statistics = statistics.deepCopy();
    errors = List.copyOf(errors);
  }

  @Override
  public ObjectNode configuration() {
    return configuration.deepCopy();
  }

  @Override
  public ObjectNode statistics() {
    return statistics.deepCopy();
  }

  public boolean done() {
    return state == JobState.DONE;
  }

  Job running(long at) {
    return new Job(
        id, configuration, parent, JobState.RUNNING, created, at, 0, statistics, List.of());
  }

  Job succeeded(long at, ObjectNode finalConfiguration, ObjectNode finalStatistics) {
    return new Job(
        id,
        finalConfiguration,
        parent,
        JobState.DONE,
        created,
        started,
        at,
        finalStatistics,
        List.of());
  }

  Job failed(long at, List<JobError> why, ObjectNode finalStatistics) {
    return new Job(
        id,
        configuration,
        parent,
        JobState.DONE,
        created,
        started == 0 ? at : started,
        at,
        finalStatistics,
        why);
  }
}
