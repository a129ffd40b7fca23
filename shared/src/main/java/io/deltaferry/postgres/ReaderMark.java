package io.deltaferry.postgres;

/**
 * How our read-only transactions are told from others, which could still write. The mark is a
 * shared advisory lock that ends with the transaction, so that a session's name alone never counts:
 * a person may log in as we do, with the same URL, to mend rows.
 */
final class ReaderMark {
  /** "delt" and "ferr" in ASCII. */
  private static final int FIRST = 0x64656c74;

  private static final int SECOND = 0x66657272;

  private ReaderMark() {}

  /**
   * An item of a SELECT list that takes the mark, or does without where somebody holds the lock for
   * purposes of their own.
   */
  static String take() {
    return "pg_catalog.pg_try_advisory_xact_lock_shared(%s, %s)".formatted(FIRST, SECOND);
  }

  /** The process ids of those who wear it in this database. */
  static String wearers() {
    return """
    SELECT l.pid FROM pg_catalog.pg_locks AS l
    WHERE l.locktype = 'advisory' AND l.granted AND l.mode = 'ShareLock' AND l.objsubid = 2
      AND l.classid = %s AND l.objid = %s
      AND l.database = (SELECT d.oid FROM pg_catalog.pg_database AS d
        WHERE d.datname = pg_catalog.current_database())"""
        .formatted(FIRST, SECOND);
  }
}
