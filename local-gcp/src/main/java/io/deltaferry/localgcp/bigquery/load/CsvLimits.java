package io.deltaferry.localgcp.bigquery.load;

/** BigQuery's documented limits of a CSV file. */
final class CsvLimits {
  static final int MAX_ROW_BYTES = 100 << 20;

  private CsvLimits() {}
}
