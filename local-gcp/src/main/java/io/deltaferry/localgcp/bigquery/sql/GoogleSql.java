package io.deltaferry.localgcp.bigquery.sql;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;

/**
 * The way in: scripts to statements, statements to DuckDB SQL. Every refusal is a {@link
 * io.deltaferry.localgcp.http.GoogleError} with BigQuery's reason ({@code invalidQuery}, {@code
 * notFound}) and message.
 */
public final class GoogleSql {
  /** Splits a script; a script of one statement is a plain query. */
  public List<SqlStatement> split(String script) {
    if (script.isBlank()) {
      return List.of();
    }
    throw GoogleError.invalid("not supported by the local BigQuery: statements");
  }

  /**
   * Renders one statement for DuckDB. Tables are looked up in the context's catalog, so within a
   * script translate each statement just before it runs.
   *
   * @param positionalBefore how many positional parameters the statements before it used
   */
  public Translation translate(SqlStatement statement, SqlContext context, int positionalBefore) {
    if (statement.text().isBlank()) {
      return new Translation(statement.kind(), List.of(), List.of(), null, List.of(), null, null);
    }
    throw GoogleError.invalid("not supported by the local BigQuery: " + statement.kind());
  }
}
