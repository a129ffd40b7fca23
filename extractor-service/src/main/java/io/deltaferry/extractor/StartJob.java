package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.run.LongExtracts;
import io.deltaferry.service.Stage;
import io.deltaferry.service.TaskRequest;
import io.deltaferry.table.TableFile;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the service does with a request: for tables that say so it starts the job, which does with
 * the request what the service does with all others.
 */
final class StartJob implements Stage {
  private static final Logger log = LoggerFactory.getLogger(StartJob.class);

  private final TableFile tables;
  private final TakeTurn turns;
  private final LongExtracts jobs;
  private final Stage here;

  /**
   * Takes the ports.
   *
   * @param here does the work of a request in this process
   */
  StartJob(TableFile tables, TakeTurn turns, LongExtracts jobs, Stage here) {
    this.tables = tables;
    this.turns = turns;
    this.jobs = jobs;
    this.here = here;
  }

  @Override
  public String name() {
    return here.name();
  }

  @Override
  public void handle(IncomingEvent event) {
    PubSubMessage message = Asked.message(event);
    if (Messages.isSliceRequest(message.text())) {
      here.handle(event);
      return;
    }
    Asked asked = Asked.of(message, tables);
    if (asked.stopsBackfill()) {
      // An execution takes a minute to begin, and another period may begin in it.
      here.handle(event);
      return;
    }
    switch (asked.table().extractIn()) {
      case SERVICE -> here.handle(event);
      case JOB -> start(event, asked);
    }
  }

  @Override
  public void giveUp(IncomingEvent event, DeltaferryException failure) {
    here.giveUp(event, failure);
  }

  /** Not where it would find another run live, another execution at work, or nothing to do. */
  private void start(IncomingEvent event, Asked asked) {
    Turn turn = turns.take(asked.request(), asked.id(), asked.table().runExpiry());
    if (turn instanceof Turn.Meet) {
      return;
    }
    boolean ended = turn instanceof Turn.Continue known && known.run().ended();
    if (ended || turn instanceof Turn.Held) {
      here.handle(event);
      return;
    }
    jobs.start(TaskRequest.of(asked.message()).environment());
    log.info("request {} goes on in the job", asked.id());
  }
}
