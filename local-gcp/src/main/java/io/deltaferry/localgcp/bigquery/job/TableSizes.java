package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Tables' logical sizes, measured once per change. */
public final class TableSizes {
  private final Catalog catalog;
  private final Map<Long, Measured> measured = new ConcurrentHashMap<>();

  /** Sizes of the catalog's tables. */
  public TableSizes(Catalog catalog) {
    this.catalog = catalog;
  }

  private record Measured(long modified, long rows, long bytes) {}

  /** BigQuery's logical bytes of the table as the session sees it; 0 for a view. */
  public long bytes(Session session, TableEntry table) throws SQLException {
    long modified = catalog.lastModified(session, table);
    long rows = catalog.rows(session, table);
    Measured known = measured.get(table.number());
    // Two changes can share a millisecond; then the rows tell most of them apart.
    if (known != null && known.modified() == modified && known.rows() == rows) {
      return known.bytes();
    }
    long bytes = catalog.bytes(session, table);
    measured.put(table.number(), new Measured(modified, rows, bytes));
    return bytes;
  }
}
