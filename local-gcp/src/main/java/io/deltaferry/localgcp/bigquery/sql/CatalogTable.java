package io.deltaferry.localgcp.bigquery.sql;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the translator and the gate need to know of a table or view: its columns in order.
 *
 * @param filterOn the partitioning column that whoever reads the table must restrict; null for none
 * @param query the GoogleSQL of a view; null of a table
 */
public record CatalogTable(
    TableName name,
    boolean view,
    List<CatalogColumn> columns,
    @Nullable String filterOn,
    @Nullable String query) {
  public CatalogTable {
    requireNonNull(name);
    columns = List.copyOf(columns);
  }

  /** One that anybody may read as a whole. */
  public CatalogTable(TableName name, boolean view, List<CatalogColumn> columns) {
    this(name, view, columns, null, null);
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
