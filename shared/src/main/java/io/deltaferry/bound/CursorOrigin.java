package io.deltaferry.bound;

/** Who makes a cursor's values, as far as the catalog tells. */
public enum CursorOrigin {
  /** A default or a trigger: stamps of the database, or ids of its transactions. */
  DATABASE,
  /** An ascending sequence that hands its numbers out in order. */
  SEQUENCE,
  /** Logical replication, which brings values of another server. */
  SUBSCRIPTION,
  /** Nothing in the catalog makes them, or a query or a view hides what does. */
  UNKNOWN
}
