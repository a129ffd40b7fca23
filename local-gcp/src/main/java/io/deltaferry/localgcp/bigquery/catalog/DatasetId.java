package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.regex.Pattern;

/** A dataset's full name; in DuckDB it is one schema called {@code project.dataset}. */
public record DatasetId(String project, String dataset) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_]{1,1024}");

  /**
   * @throws GoogleError as BigQuery answers, when the name has other characters than letters,
   *     digits and underscores
   */
  public DatasetId {
    if (!VALID.matcher(dataset).matches()) {
      throw GoogleError.invalid(
          "Invalid dataset ID \""
              + dataset
              + "\". Dataset IDs must be alphanumeric (plus underscores) and must be at most 1024"
              + " characters long.");
    }
  }

  public TableId table(String table) {
    return new TableId(this, table);
  }

  /** The DuckDB schema, quoted for SQL. */
  public String quoted() {
    return quote(schemaName());
  }

  /** The DuckDB schema, unquoted. */
  public String schemaName() {
    return project + "." + dataset;
  }

  static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** As BigQuery writes it in messages: {@code project:dataset}. */
  @Override
  public String toString() {
    return project + ":" + dataset;
  }
}
