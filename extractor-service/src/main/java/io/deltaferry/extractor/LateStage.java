package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.service.Stage;
import java.util.function.Supplier;

/**
 * The stage, made when it is needed: so that a table file or a secret which cannot be read is a
 * failure of the request, and becomes a dead letter on the last attempt.
 */
record LateStage(Supplier<Stage> stage) implements Stage {
  @Override
  public String name() {
    return ExtractDelta.NAME;
  }

  @Override
  public void handle(IncomingEvent event) {
    stage.get().handle(event);
  }

  @Override
  public void giveUp(IncomingEvent event, DeltaferryException failure) {
    stage.get().giveUp(event, failure);
  }
}
