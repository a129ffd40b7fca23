package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.RunId;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Jobs of BigQuery that outlast a delivery. It would be tried again only so often, and a run
 * without a sign of life is taken over; so the run shows one, and the message is sent once more
 * (architecture rule 9).
 */
public final class LongJobs {
  private static final Logger log = LoggerFactory.getLogger(LongJobs.class);

  private final ControlStore control;
  private final Publisher publisher;
  private final Supplier<String> attempts;

  /**
   * Takes the ports.
   *
   * @param attempts names attempts, never twice the same
   */
  public LongJobs(ControlStore control, Publisher publisher, Supplier<String> attempts) {
    this.control = control;
    this.publisher = publisher;
    this.attempts = attempts;
  }

  /**
   * Does the work, or leaves it to the next delivery when its job still runs.
   *
   * @param topic of the stage's own messages
   * @param message from which another delivery goes on with the work
   */
  public void doing(RunId run, String topic, OutgoingMessage message, Runnable work) {
    try {
      work.run();
    } catch (DeltaferryException e) {
      if (e.code() != ErrorCode.JOB_RUNNING) {
        throw e;
      }
      control.create(ObjectNames.working(run, attempts.get()), "{}", Map.of());
      publisher.publish(topic, message.data(), message.attributes());
      log.info("{}; another delivery goes on with run {}", e.getMessage(), run);
    }
  }
}
