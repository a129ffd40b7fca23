package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A statement ready for DuckDB.
 *
 * @param statements DuckDB texts to run in this order, in one DuckDB transaction; none when nothing
 *     is to be done (an {@code IF EXISTS} that met nothing, an option only the catalog keeps). Only
 *     the first has bindings. An ASSERT yields one row with one BOOL: the assertion holds if it is
 *     true
 * @param bindings what stands for {@code $1}, {@code $2}, .. (JDBC's indexes); each stands once,
 *     however often it is used
 * @param target the table written, created, altered or dropped, or null
 * @param referenced tables and views read, in order of appearance
 * @param definition what a DDL statement asks of the catalog, or null
 * @param assertMessage the text after AS of an ASSERT, or null
 * @param output the columns a SELECT yields, in GoogleSQL's types; empty otherwise
 */
public record Translation(
    StatementKind kind,
    List<String> statements,
    List<Binding> bindings,
    @Nullable TableName target,
    List<TableName> referenced,
    @Nullable Definition definition,
    @Nullable String assertMessage,
    List<Definition.Column> output) {
  public Translation {
    requireNonNull(kind);
    statements = List.copyOf(statements);
    bindings = List.copyOf(bindings);
    referenced = List.copyOf(referenced);
    output = List.copyOf(output);
  }

  /** The only text of a statement that has one; empty when nothing is to be run. */
  public Optional<String> sql() {
    return statements.stream().findFirst();
  }
}
