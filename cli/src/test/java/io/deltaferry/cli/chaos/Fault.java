package io.deltaferry.cli.chaos;

/** What may happen to a step of a service. */
enum Fault {
  /** The process dies before the step. */
  KILL_BEFORE,
  /** The step is done, and the process dies before it knows. */
  KILL_AFTER,
  /** The endpoint is away. */
  UNAVAILABLE_BEFORE,
  /** The step is done, and the answer says that the endpoint is away. */
  UNAVAILABLE_AFTER,
  /** The connection breaks in the midst of the request. */
  RESET_WITHIN,
  /** The step is done, and the connection breaks before the answer. */
  RESET_AFTER,
  /** The step takes long, so that others overtake it. */
  STALL;

  boolean kills() {
    return this == KILL_BEFORE || this == KILL_AFTER;
  }

  boolean isDone() {
    return this == KILL_AFTER || this == UNAVAILABLE_AFTER || this == RESET_AFTER;
  }
}
