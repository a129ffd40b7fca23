package io.deltaferry.sql;

/** A text in PostgreSQL, where it is no identifier. */
public final class PgLiteral {
  private PgLiteral() {}

  /**
   * Without a type: what it stands beside decides. Backslashes mean nothing in a pinned session.
   */
  public static String quote(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
