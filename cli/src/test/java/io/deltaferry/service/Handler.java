package io.deltaferry.service;

import io.deltaferry.message.IncomingEvent;
import io.deltaferry.run.Ledger;
import io.deltaferry.run.Publisher;
import java.time.Clock;

/** An instance of a service without its HTTP entry, and without the threads of its journal. */
public final class Handler {
  private final HandleEvent events;

  /**
   * Takes the stage and what surrounds it.
   *
   * @param deliveries after which an event is given up
   */
  public Handler(Stage stage, Publisher publisher, int deliveries, Journal journal, Clock clock) {
    DeadLetters letters = new DeadLetters(publisher, Topology.DEFAULT.topics().deadLetters());
    events = new HandleEvent(stage, letters, new LastDelivery(deliveries), journal, clock);
  }

  /** A journal that is flushed when a delivery ends, and never before. */
  public static Journal journal(Ledger ledger) {
    return new Journal(ledger, task -> {});
  }

  /** One delivery; how it was answered. */
  public Delivered handle(IncomingEvent event) {
    Answer answer = events.handle(event);
    String code = answer.code() == null ? "" : " " + answer.code();
    return new Delivered(answer.result() != Answer.Result.RETRIED, answer.result().word() + code);
  }

  /**
   * The end of a delivery.
   *
   * @param acknowledged or else it comes again
   */
  public record Delivered(boolean acknowledged, String words) {}
}
