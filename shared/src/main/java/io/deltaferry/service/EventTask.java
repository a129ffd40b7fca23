package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.PubSubMessage;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * The job's side of a stage: one event, from the environment, and an exit code that says whether
 * the platform is to try again.
 */
public final class EventTask {
  private static final Logger log = LoggerFactory.getLogger(EventTask.class);

  /** Nothing is left to do: done, or refused and kept as a dead letter. */
  public static final int SETTLED = 0;

  /** To be tried again. */
  public static final int FAILED = 1;

  private final String project;
  private final TaskSettings settings;
  private final Stage stage;
  private final DeadLetters deadLetters;
  private final Journal journal;
  private final Clock clock;

  EventTask(
      String project,
      TaskSettings settings,
      Stage stage,
      DeadLetters deadLetters,
      Journal journal,
      Clock clock) {
    this.project = project;
    this.settings = settings;
    this.stage = new LeavingNoEvent(stage);
    this.deadLetters = deadLetters;
    this.journal = journal;
    this.clock = clock;
  }

  /**
   * Handles the event.
   *
   * @return the process's exit code
   */
  public int run(Map<String, String> environment) {
    long begun = System.nanoTime();
    try {
      TaskRequest request = TaskRequest.read(environment);
      Marks.set(project, stage, request.trace());
      PubSubMessage event = request.atAttempt(settings.attempt());
      LastDelivery last = new LastDelivery(settings.attempts());
      Answer answer = new HandleEvent(stage, deadLetters, last, journal, clock).handle(event);
      LogEvents.eventHandled(answer, Duration.ofNanos(System.nanoTime() - begun));
      return answer.result() == Answer.Result.RETRIED ? FAILED : SETTLED;
    } catch (DeltaferryException e) {
      // Without a request there is nothing to end and nothing to keep.
      log.error("{}: {}", e.code(), e.getMessage());
      return e.kind() == ErrorKind.TRANSIENT ? FAILED : SETTLED;
    } finally {
      MDC.clear();
    }
  }

  /**
   * A push whose run cannot even be ended is left to Pub/Sub, which keeps the event. Here nobody
   * else would: so the dead letter is written all the same.
   */
  private record LeavingNoEvent(Stage stage) implements Stage {
    @Override
    public String name() {
      return stage.name();
    }

    @Override
    public void handle(IncomingEvent event) {
      stage.handle(event);
    }

    @Override
    public void giveUp(IncomingEvent event, DeltaferryException failure) {
      try {
        stage.giveUp(event, failure);
      } catch (DeltaferryException e) {
        log.error("the run cannot be ended: {}: {}", e.code(), e.getMessage());
      }
    }
  }
}
