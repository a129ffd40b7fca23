package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Publisher;
import io.deltaferry.run.RunId;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What every stage does about a run whose data is visible, whatever its own work is. */
public final class StagedWork {
  private static final Logger log = LoggerFactory.getLogger(StagedWork.class);

  private final ControlStore control;
  private final Publisher publisher;
  private final RunEnd runEnd;
  private final Supplier<String> attempts;

  /**
   * Takes the ports.
   *
   * @param attempts names attempts, never twice the same
   */
  public StagedWork(
      ControlStore control, Publisher publisher, RunEnd runEnd, Supplier<String> attempts) {
    this.control = control;
    this.publisher = publisher;
    this.runEnd = runEnd;
    this.attempts = attempts;
  }

  /**
   * Does the stage's work. The end of a run that has one is told again instead; a PERMANENT failure
   * ends the run, and so does a later run's other policy; a job that outlasts the delivery is left
   * to another one.
   *
   * @param topic of the stage's own messages
   * @param message from which another delivery goes on with the work
   */
  public void on(RunId run, String topic, OutgoingMessage message, Consumer<StagedRun> work) {
    Optional<EndOfRun> end = runEnd.of(run);
    if (end.isPresent()) {
      runEnd.tell(end.get());
      return;
    }
    runEnd.endingOnFailure(
        run,
        () -> {
          StagedRun staged = StagedRun.read(control, run);
          PolicyInForce.require(control, staged.plan());
          try {
            work.accept(staged);
          } catch (DeltaferryException e) {
            if (e.code() != ErrorCode.WAREHOUSE_JOB_RUNNING) {
              throw e;
            }
            log.info("{}; another delivery goes on with run {}", e.getMessage(), run);
            leave(run, topic, message);
          }
        });
  }

  /**
   * Deliveries are counted, and a run without a sign of life is taken over; so it shows one, and
   * the message is sent once more (architecture rule 9).
   */
  private void leave(RunId run, String topic, OutgoingMessage message) {
    control.create(ObjectNames.working(run, attempts.get()), "{}", Map.of());
    publisher.publish(topic, message.data(), message.attributes());
  }
}
