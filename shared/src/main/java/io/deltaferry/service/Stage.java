package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.IncomingEvent;

/** What one service does with an event. */
public interface Stage {
  /** Its name in logs. */
  String name();

  /**
   * Does the work, or finds it done and tells the next stage again (architecture rule 10).
   *
   * @throws DeltaferryException PERMANENT when it can never succeed, after the run it belongs to
   *     was ended; TRANSIENT when the event is to be delivered again
   */
  void handle(IncomingEvent event);

  /**
   * Ends the run that the event belongs to, since {@link #handle} failed on its last delivery.
   * Where another request's run has the table, there is none to end.
   *
   * @param failure PERMANENT by now
   */
  void giveUp(IncomingEvent event, DeltaferryException failure);
}
