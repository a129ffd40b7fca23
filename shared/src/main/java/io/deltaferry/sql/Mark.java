package io.deltaferry.sql;

/**
 * Something counted while the rows stream by.
 *
 * @param column the source column it is about
 */
public record Mark(Kind kind, String column) {
  /** What a marked row means. */
  public enum Kind {
    /** The policy changed the value. */
    LOSS,
    /** The policy is to fail. */
    REFUSED,
    /** The row has no cursor, so no later increment can see it. */
    NULL_CURSOR,
    /** The row lies where an earlier run has read. */
    OVERLAP
  }
}
