package io.deltaferry.table;

/**
 * Rows of a SELECT statement.
 *
 * @param sql one statement without a closing semicolon
 */
public record SourceQuery(String sql) implements RowSource {}
