package io.deltaferry.sql;

/**
 * A SELECT written in the table file.
 *
 * @param text one statement, without a semicolon
 */
public record PgQuery(String text) implements DeltaSource {
  static final String ALIAS = "df_query";

  public PgQuery {
    text = text.strip();
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a query has text");
    }
  }

  /** The line break keeps a closing comment of the query from hiding the parenthesis. */
  @Override
  public String fromItem() {
    return "(" + text + "\n) AS " + ALIAS;
  }

  @Override
  public String describe() {
    return "the query of the table file";
  }
}
