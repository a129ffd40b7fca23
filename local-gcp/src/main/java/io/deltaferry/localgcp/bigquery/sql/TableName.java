package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

/**
 * A table or view by its full name; views of the catalog have a {@code table} like {@code
 * INFORMATION_SCHEMA.COLUMNS}.
 */
public record TableName(String project, String dataset, String table) {
  public TableName {
    requireNonNull(project);
    requireNonNull(dataset);
    requireNonNull(table);
  }

  /** The quoted DuckDB name: a dataset is the schema {@code "project.dataset"}. */
  public String duckName() {
    return quoted(project + "." + dataset) + "." + quoted(table);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** As BigQuery writes it in messages: {@code project:dataset.table}. */
  @Override
  public String toString() {
    return project + ":" + dataset + "." + table;
  }
}
