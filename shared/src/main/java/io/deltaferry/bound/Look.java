package io.deltaferry.bound;

/**
 * All that a database is asked for before a run's snapshot.
 *
 * @param cursor read before the activity: whoever begins later takes larger ids
 */
public record Look(CursorRead cursor, Activity activity) {}
