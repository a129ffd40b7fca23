package io.deltaferry.error;

/** The stable names of all failures; users and alerts match on them, so they never change. */
public enum ErrorCode {
  /** The table file has problems; the message lists all of them with their lines. */
  TABLE_FILE_INVALID(ErrorKind.PERMANENT),
  /** A setting of the service itself (an environment variable) is missing or wrong. */
  SETTING_INVALID(ErrorKind.TRANSIENT),
  /** A message that cannot be understood. */
  MESSAGE_INVALID(ErrorKind.PERMANENT),
  /** A message names a table the table file does not have. */
  TABLE_UNKNOWN(ErrorKind.PERMANENT),
  /** The source table or query does not exist. */
  SOURCE_MISSING(ErrorKind.PERMANENT),
  /** A column that the table file names does not exist in the source. */
  COLUMN_MISSING(ErrorKind.PERMANENT),
  /** No key in the table file and none in the catalog. */
  KEY_MISSING(ErrorKind.PERMANENT),
  /** The key is nullable or not unique. */
  KEY_INVALID(ErrorKind.PERMANENT),
  /** The cursor is not configured or its type cannot order changes. */
  CURSOR_INVALID(ErrorKind.PERMANENT),
  /** The log that tells of a table's changes has no usable keys. */
  CHANGE_LOG_INVALID(ErrorKind.PERMANENT),
  /** A PostgreSQL type without a mapping. */
  TYPE_UNSUPPORTED(ErrorKind.PERMANENT),
  /** A column or table name that BigQuery cannot hold. */
  NAME_INVALID(ErrorKind.PERMANENT),
  /** The database refuses the expression that takes a column's place. */
  CONVERT_INVALID(ErrorKind.PERMANENT),
  /** Conditions of the table file that have rows twice, or leave some out. */
  SLICES_INVALID(ErrorKind.PERMANENT),
  /** A value that BigQuery cannot hold and whose policy is to fail. */
  VALUE_REFUSED(ErrorKind.PERMANENT),
  /** A trial found that a run would fail. */
  TRIAL_FAILED(ErrorKind.PERMANENT),
  /** The source's structure changed while a run was reading it. */
  SOURCE_CHANGED(ErrorKind.PERMANENT),
  /** A strict table whose open transactions cannot be seen, or bound nothing. */
  BOUND_UNKNOWN(ErrorKind.PERMANENT),
  /** The replica lies further behind its primary than the table allows. */
  SOURCE_BEHIND(ErrorKind.TRANSIENT),
  /** The database does not answer, refuses the login for now, or cancelled the statement. */
  SOURCE_UNAVAILABLE(ErrorKind.TRANSIENT),
  /** A slice was not read in time, or a standby cancelled the reading; it is cut in two. */
  SOURCE_TIMEOUT(ErrorKind.TRANSIENT),
  /** The database refuses the user or the password. */
  SOURCE_LOGIN_REFUSED(ErrorKind.TRANSIENT),
  /** The database refuses a statement for missing privileges. */
  SOURCE_DENIED(ErrorKind.PERMANENT),
  /** The database refuses a generated statement for any other reason. */
  SOURCE_QUERY_FAILED(ErrorKind.PERMANENT),
  /**
   * Cloud Storage does not answer, or refuses for now; a missing bucket or grant may still come.
   */
  STAGING_UNAVAILABLE(ErrorKind.TRANSIENT),
  /** A staged object is missing, cut, or not what its receipt says. */
  STAGING_CORRUPT(ErrorKind.PERMANENT),
  /** BigQuery does not answer, or refuses for now; a missing dataset or grant may still come. */
  WAREHOUSE_UNAVAILABLE(ErrorKind.TRANSIENT),
  /** A job of BigQuery outlasts the handler's budget; another delivery goes on with it. */
  WAREHOUSE_JOB_RUNNING(ErrorKind.TRANSIENT),
  /** BigQuery refuses a job for what it contains. */
  WAREHOUSE_REFUSED(ErrorKind.PERMANENT),
  /** The target's columns and the delta's do not fit. */
  TARGET_INCOMPATIBLE(ErrorKind.PERMANENT),
  /** The target was replaced or dropped between plan and merge. */
  TARGET_CHANGED(ErrorKind.PERMANENT),
  /** The name of a view that is asked for belongs to a table, or to a view of somebody else. */
  VIEW_NAME_TAKEN(ErrorKind.PERMANENT),
  /** Rows extracted, staged, loaded and merged do not add up. */
  COUNTS_DIFFER(ErrorKind.PERMANENT),
  /** One key stands more than once in one snapshot: the key is not a key. */
  KEY_DUPLICATED(ErrorKind.PERMANENT),
  /** The run would show columns that are hidden by now, or treat them otherwise. */
  POLICY_CHANGED(ErrorKind.PERMANENT),
  /** A reconciliation would delete more rows than it may; the source may be a wrong one. */
  DELETES_REFUSED(ErrorKind.PERMANENT),
  /** A newer run has already merged; this one must not write. */
  SUPERSEDED(ErrorKind.PERMANENT),
  /** Pub/Sub does not take a message for now. */
  PUBLISH_FAILED(ErrorKind.TRANSIENT),
  /** Cloud Run does not start the job for now; a missing job or grant may still come. */
  JOB_UNAVAILABLE(ErrorKind.TRANSIENT),
  /** Cloud Run refuses to start the job for what it is asked. */
  JOB_REFUSED(ErrorKind.PERMANENT),
  /** A fault of our own; delivered again, since it may be bound to one instance. */
  INTERNAL(ErrorKind.TRANSIENT);

  private final ErrorKind kind;

  ErrorCode(ErrorKind kind) {
    this.kind = kind;
  }

  public ErrorKind kind() {
    return kind;
  }
}
