package io.deltaferry.localgcp.bigquery.sql;

import java.util.Optional;

/** Where the SQL layer asks for tables; the caller decides what exists. */
public interface TableCatalog {
  /** The table of exactly this name (BigQuery's table names are case-sensitive), or empty. */
  Optional<CatalogTable> find(TableName name);
}
