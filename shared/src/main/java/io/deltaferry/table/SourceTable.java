package io.deltaferry.table;

/**
 * A table (or view) of the source database, its names exactly as the catalog holds them.
 *
 * @param schema for example {@code public}; never quoted
 * @param table never quoted
 */
public record SourceTable(String schema, String table) implements RowSource {

  /** The name as PostgreSQL reads it, quoted only where it must be; parsing it gives it back. */
  @Override
  public String toString() {
    return PostgresName.written(schema) + "." + PostgresName.written(table);
  }
}
