package io.deltaferry.type;

/** What happens to a value that the column's BigQuery type cannot hold. */
public enum LossPolicy {
  /** The nearest value BigQuery holds is staged, and counted. */
  CLAMP,
  /** NULL is staged, and counted. */
  NULL,
  /** The run fails with VALUE_REFUSED, naming the column and the count. */
  FAIL,
  /** The whole column becomes a STRING with PostgreSQL's exact text; nothing is lost. */
  STRING
}
