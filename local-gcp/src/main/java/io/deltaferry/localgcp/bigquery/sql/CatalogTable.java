package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;

/** What the translator and the gate need to know of a table or view: its columns in order. */
public record CatalogTable(TableName name, boolean view, List<CatalogColumn> columns) {
  public CatalogTable {
    requireNonNull(name);
    columns = List.copyOf(columns);
  }

  /**
   * A column.
   *
   * @param type in GoogleSQL's words, such as {@code NUMERIC(10, 2)} or {@code ARRAY<STRUCT<a
   *     INT64>>}
   */
  public record CatalogColumn(String name, String type) {
    public CatalogColumn {
      requireNonNull(name);
      requireNonNull(type);
    }
  }
}
