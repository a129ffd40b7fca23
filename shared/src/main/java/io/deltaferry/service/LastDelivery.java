package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.IncomingEvent;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a failure that may heal is final: on the delivery after which Pub/Sub would take the
 * event away without a reason, and leave its run without an end.
 *
 * @param attempt from which on; an event that does not count its deliveries is never given up
 */
record LastDelivery(int attempt) {
  /** Whether what this delivery of an event brings is final. */
  boolean isLast(@Nullable Integer delivered) {
    return delivered != null && delivered >= attempt;
  }

  /** The failure as it counts for this delivery of the event. */
  DeltaferryException judge(DeltaferryException failure, IncomingEvent event) {
    Integer delivered = event.deliveryAttempt();
    return failure.kind() == ErrorKind.TRANSIENT && delivered != null && isLast(delivered)
        ? failure.givenUp(delivered)
        : failure;
  }
}
