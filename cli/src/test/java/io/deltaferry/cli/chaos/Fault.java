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
  /** The connection breaks before anything of the step has come through. */
  CUT_BEFORE,
  /** The connection breaks in the midst of the step. */
  CUT_WITHIN,
  /** The step is done, and the connection breaks before the answer. */
  CUT_AFTER,
  /** The step takes long, so that others overtake it. */
  STALL;

  /** Whether only somebody who understands the call can do it. */
  boolean answers() {
    return this == UNAVAILABLE_BEFORE || this == UNAVAILABLE_AFTER;
  }

  /** Whether it is done to the connection beneath a call. */
  boolean cuts() {
    return this == CUT_BEFORE || this == CUT_WITHIN || this == CUT_AFTER;
  }

  boolean kills() {
    return this == KILL_BEFORE || this == KILL_AFTER;
  }

  /** Whether the step is done all the same, and its answer gets lost. */
  boolean isDone() {
    return this == KILL_AFTER || this == UNAVAILABLE_AFTER || this == CUT_AFTER;
  }
}
