package io.deltaferry.localgcp.bigquery.catalog;

/** What an entry of a dataset is; the names are the API's. */
public enum TableKind {
  TABLE,
  VIEW
}
