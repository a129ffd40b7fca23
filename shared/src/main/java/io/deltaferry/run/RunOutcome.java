package io.deltaferry.run;

/** How a run ended. */
public enum RunOutcome {
  /** The delta is in the target. */
  COMPLETED,
  /** The source had no row in the window; nothing was loaded or merged. */
  EMPTY,
  /** A permanent failure; the target is as it was. */
  FAILED,
  /** A newer run merged first; the target is as that one left it. */
  SUPERSEDED
}
