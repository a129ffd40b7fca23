package io.deltaferry.localgcp.bigquery.sql;

/** Analyses a statement as GoogleSQL before it is translated. */
public interface SqlGate {
  /**
   * Returns when the statement is valid against the context's catalog and parameter types.
   *
   * @throws io.deltaferry.localgcp.http.GoogleError with BigQuery's message and position
   */
  void check(SqlStatement statement, SqlContext context);
}
