package io.deltaferry.cli.model;

import java.util.Locale;

/**
 * One thing that happens.
 *
 * @param pick which of those that it can happen to
 */
record Action(Kind kind, int pick, Fault fault) {
  /** What can happen. */
  enum Kind {
    BEGIN,
    WRITE,
    COMMIT,
    PREPARE,
    ROLLBACK,
    /** A request, which a person or a scheduler makes. */
    SYNC,
    /** A request, and all deliveries until nothing waits. */
    SYNC_THROUGH,
    DELIVER,
    /** Something that was delivered before. */
    DELIVER_AGAIN,
    /** So much time that whatever stands still counts as abandoned. */
    WAIT,
    /** The next slice is not read in time. */
    SLOW,
    /** A staged part loses a row. */
    DAMAGE
  }

  @Override
  public String toString() {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ') + " " + pick + fault;
  }
}
