package io.deltaferry.cli.model;

/** A rule that the ports, or what stands behind them, do not keep. */
public enum Sabotage {
  /** Nothing: all rules hold. */
  NONE,
  /** The bucket lets a later writer overwrite a run's plan and manifest. */
  OBJECTS_OVERWRITTEN,
  /** The last outcome of a slice counts. */
  LAST_OUTCOME_COUNTS,
  /** The merge updates a state that is at its run already, or at a newer one. */
  NO_FENCE,
  /** The state's progress is kept where the rest of the transaction is not. */
  TORN_MERGE,
  /** A merge answers before it has committed. */
  TOLD_BEFORE_COMMIT,
  /** Whoever finds its work done tells nobody. */
  NOT_TOLD_AGAIN,
  /** The next run reads from the largest cursor on. */
  LOW_IS_HIGH,
  /** Load and merge count no rows. */
  COUNTS_UNCHECKED,
  /** A run that adopts slices takes its own bound. */
  ADOPTED_WITH_OWN_BOUND,
  /** The source shows no open transaction. */
  SESSIONS_UNSEEN,
  /** The source shows no prepared transaction. */
  PREPARED_UNSEEN
}
