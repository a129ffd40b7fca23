package io.deltaferry.bound;

/** Why a run has its bound, or none; as text in the ledger, so that names never change. */
public enum BoundReason {
  /** Every transaction that could still bring an older cursor was seen. */
  KNOWN("every open transaction was seen"),
  /** As known, and a prepared transaction keeps the bound where it was. */
  PREPARED("a prepared transaction keeps the bound where it was"),
  /** An id was seen that no open transaction can fall below, but no earlier run remembers one. */
  NO_EARLIER_RUN("no earlier run remembers how far the ids had come; the next one will"),

  /** Nothing orders the changes; no increment follows that would need to know. */
  NO_CURSOR("the table has no cursor"),
  /** A replica shows no transactions of its primary. */
  REPLICA("a replica shows no transactions of its primary; read from the primary"),
  /** Sessions of other roles are hidden. */
  SESSIONS_HIDDEN("sessions of other roles are hidden; GRANT pg_read_all_stats TO the user"),
  /** Sessions that are not tracked. */
  SESSIONS_UNTRACKED("sessions are not tracked; set track_activities = on for all of them"),
  /** A transaction was prepared before any bound was known. */
  PREPARED_EARLIER(
      "a transaction is prepared whose start nobody knows; COMMIT PREPARED or ROLLBACK PREPARED"
          + " what pg_prepared_xacts shows"),
  /** Nothing in the catalog makes the cursor's values. */
  APPLICATION_STAMPS(
      "neither a default nor a trigger of the table sets the cursor; let a BEFORE trigger set it,"
          + " or, where statements set it to now(), say `stamped_by: database`"),
  /** Its rows come from another server, with that server's stamps. */
  LOGICAL_REPLICATION(
      "a subscription feeds the table, with another server's stamps; read from that server"),
  /** A timestamp without a zone that nobody has told. */
  ZONE_UNKNOWN("the cursor has no time zone; say which with `cursor_time_zone`"),
  /** Ids that come in no known order. */
  NO_SEQUENCE(
      "the cursor's numbers come from no ascending sequence with CACHE 1; ALTER SEQUENCE .. CACHE 1,"
          + " or use a timestamptz cursor");

  private final String sentence;

  BoundReason(String sentence) {
    this.sentence = sentence;
  }

  /** What it means, and what to do about it where something can be done. */
  public String sentence() {
    return sentence;
  }

  /** Whether the bound rests on what was seen, and not on {@code lateness}. */
  public boolean isExact() {
    return switch (this) {
      case KNOWN, PREPARED, NO_EARLIER_RUN -> true;
      case NO_CURSOR,
          REPLICA,
          SESSIONS_HIDDEN,
          SESSIONS_UNTRACKED,
          PREPARED_EARLIER,
          APPLICATION_STAMPS,
          LOGICAL_REPLICATION,
          ZONE_UNKNOWN,
          NO_SEQUENCE ->
          false;
    };
  }
}
