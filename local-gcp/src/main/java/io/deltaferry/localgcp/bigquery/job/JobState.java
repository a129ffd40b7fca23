package io.deltaferry.localgcp.bigquery.job;

/** How far a job is; the names are BigQuery's. */
public enum JobState {
  PENDING,
  RUNNING,
  DONE
}
