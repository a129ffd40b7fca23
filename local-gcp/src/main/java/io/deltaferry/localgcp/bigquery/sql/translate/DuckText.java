package io.deltaferry.localgcp.bigquery.sql.translate;

/** DuckDB's two ways of quoting. */
final class DuckText {
  private DuckText() {}

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String value) {
    return '\'' + value.replace("'", "''") + '\'';
  }
}
