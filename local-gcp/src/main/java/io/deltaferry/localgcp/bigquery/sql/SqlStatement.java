package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

/**
 * One statement of a script, without its semicolon.
 *
 * @param line where it starts in the script, from 1
 * @param column where it starts in that line, from 1
 */
public record SqlStatement(StatementKind kind, String text, int line, int column) {
  public SqlStatement {
    requireNonNull(kind);
    requireNonNull(text);
  }
}
