package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

import io.deltaferry.localgcp.bigquery.sql.syntax.Script;
import io.deltaferry.localgcp.bigquery.sql.translate.StatementTranslator;
import java.time.Clock;
import java.util.List;

/**
 * The way in: scripts to statements, statements to DuckDB SQL. Every refusal is a {@link
 * io.deltaferry.localgcp.http.GoogleError} with BigQuery's reason ({@code invalidQuery}, {@code
 * notFound}) and message.
 */
public final class GoogleSql {
  private final Clock clock;

  /**
   * The SQL layer.
   *
   * @param clock what CURRENT_TIMESTAMP reads, once per statement
   */
  public GoogleSql(Clock clock) {
    this.clock = requireNonNull(clock);
  }

  /**
   * Splits a script, every statement of it checked for syntax; a script of one statement is a plain
   * query.
   */
  public List<SqlStatement> split(String script) {
    return Script.split(script);
  }

  /**
   * Renders one statement for DuckDB. Tables are looked up in the context's catalog, so within a
   * script translate each statement just before it runs.
   *
   * @param positionalBefore how many positional parameters the statements before it used
   */
  public Translation translate(SqlStatement statement, SqlContext context, int positionalBefore) {
    return new StatementTranslator(statement, context, positionalBefore, clock.instant())
        .translate();
  }
}
