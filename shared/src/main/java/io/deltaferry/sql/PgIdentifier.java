package io.deltaferry.sql;

/**
 * A name in PostgreSQL; the only place that quotes one.
 *
 * @param name exactly as the catalog holds it
 */
public record PgIdentifier(String name) {
  public PgIdentifier {
    if (name.isEmpty() || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a PostgreSQL name has characters, and no NUL");
    }
  }

  /** As SQL text, always in double quotes, so that no reserved word and no case matters. */
  public String sql() {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  public static String quote(String name) {
    return new PgIdentifier(name).sql();
  }

  @Override
  public String toString() {
    return sql();
  }
}
