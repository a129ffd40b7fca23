package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.regex.Pattern;

/** A table's or view's full name. */
public record TableId(DatasetId datasetId, String table) {
  // Letters, marks, numbers, connectors, dashes and spaces, as BigQuery documents table names.
  private static final Pattern VALID =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}\\p{Pc}\\p{Pd}\\p{Zs}]{1,1024}");

  /**
   * @throws GoogleError as BigQuery answers, when the name has characters a table cannot have
   */
  public TableId {
    if (!VALID.matcher(table).matches()) {
      throw GoogleError.invalid(
          "Invalid table ID \""
              + table
              + "\". Table IDs must be alphanumeric (plus underscores) and must be at most 1024"
              + " characters long. Also, Table decorators cannot be used.");
    }
  }

  public static TableId of(String project, String dataset, String table) {
    return new TableId(new DatasetId(project, dataset), table);
  }

  public String project() {
    return datasetId.project();
  }

  public String dataset() {
    return datasetId.dataset();
  }

  /** The DuckDB table with its schema, quoted for SQL. */
  public String quoted() {
    return datasetId.quoted() + "." + DatasetId.quote(table);
  }

  /** As BigQuery writes it in messages: {@code project:dataset.table}. */
  @Override
  public String toString() {
    return datasetId + "." + table;
  }
}
