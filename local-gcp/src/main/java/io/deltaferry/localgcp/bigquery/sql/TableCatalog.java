package io.deltaferry.localgcp.bigquery.sql;

import java.util.List;
import java.util.Optional;

/** Where the SQL layer asks for tables; the caller decides what exists. */
public interface TableCatalog {
  /** The table of exactly this name (BigQuery's table names are case-sensitive), or empty. */
  Optional<CatalogTable> find(TableName name);

  /**
   * The tables, and no views, whose names begin as that of a wildcard table does; the one that was
   * created last comes first.
   *
   * @param name ends with a star
   */
  List<CatalogTable> matching(TableName name);
}
