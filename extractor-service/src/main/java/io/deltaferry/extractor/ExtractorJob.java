package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.service.EventTask;
import io.deltaferry.service.ServiceParts;
import io.deltaferry.service.TaskSettings;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The extractor as a job: one request, from its environment, with hours to read the rows. */
public final class ExtractorJob {
  private static final Logger log = LoggerFactory.getLogger(ExtractorJob.class);

  private ExtractorJob() {}

  /**
   * Runs one attempt, and ends the process: with 0 when nothing is left to do, with 1 when it is to
   * be tried again.
   */
  public static void main(String[] arguments) {
    System.exit(run(System.getenv()));
  }

  private static int run(Map<String, String> environment) {
    try {
      TaskSettings task = TaskSettings.from(environment);
      ServiceParts parts = ServiceParts.from(environment);
      return parts
          .task(new LateStage(() -> ExtractorWiring.inJob(parts, environment, task)), task)
          .run(environment);
    } catch (DeltaferryException e) {
      log.error("{}: {}", e.code(), e.getMessage());
      return EventTask.FAILED;
    } catch (RuntimeException e) {
      // As a log line: a bare stack trace would be one entry a line in Cloud Logging.
      log.error("the task cannot run", e);
      return EventTask.FAILED;
    }
  }
}
