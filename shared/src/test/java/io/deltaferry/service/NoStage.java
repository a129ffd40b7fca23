package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.IncomingEvent;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Knows its table and run, and works and fails as a test wants. */
final class NoStage implements Stage {
  final List<IncomingEvent> handled = new ArrayList<>();
  final List<DeltaferryException> givenUp = new ArrayList<>();
  @Nullable Runnable work;
  @Nullable RuntimeException failure;
  @Nullable RuntimeException failureOfGivingUp;

  @Override
  public String name() {
    return "extractor";
  }

  @Override
  public void handle(IncomingEvent event) {
    MDC.put("table", "orders");
    MDC.put("run", "7");
    handled.add(event);
    if (work != null) {
      work.run();
    }
    if (failure != null) {
      throw failure;
    }
  }

  @Override
  public void giveUp(IncomingEvent event, DeltaferryException reason) {
    if (failureOfGivingUp != null) {
      throw failureOfGivingUp;
    }
    givenUp.add(reason);
  }
}
