package io.deltaferry.localgcp.bigquery.type;

/** How a TIMESTAMP is written in result rows; {@code formatOptions.useInt64Timestamp} chooses. */
public enum TimestampForm {
  /** Seconds since the epoch, a decimal number in scientific notation: BigQuery's default. */
  FLOAT_SECONDS,
  /** Microseconds since the epoch. */
  INT64_MICROS
}
