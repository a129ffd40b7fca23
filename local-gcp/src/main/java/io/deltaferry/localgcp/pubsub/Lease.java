package io.deltaferry.localgcp.pubsub;

import com.google.pubsub.v1.PubsubMessage;

/**
 * A message handed to a subscriber for a while.
 *
 * @param ackId names this delivery, not the message
 * @param attempt 1 for the first delivery
 */
record Lease(String ackId, PubsubMessage message, int attempt) {
  /** Stays below the 4 MiB that a gRPC client accepts unless told otherwise. */
  static final long MAX_BATCH_BYTES = 3_000_000;

  /** The same delivery once more, under a name whose acknowledgement changes nothing. */
  Lease copy() {
    return new Lease(ackId + "-copy", message, attempt);
  }
}
