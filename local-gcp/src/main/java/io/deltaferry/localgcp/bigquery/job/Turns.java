package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import java.sql.SQLException;

/**
 * Runs a change of one table in a transaction of its own, when it is its turn. DuckDB still sees
 * conflicts between an append and a change of the table's columns; like BigQuery, this runs such a
 * change again, three times at most.
 */
final class Turns {
  private final Catalog catalog;
  private final TableLocks locks = new TableLocks();

  Turns(Catalog catalog) {
    this.catalog = catalog;
  }

  TableLocks locks() {
    return locks;
  }

  /** Writes a job's destination. Appends run at once, unless the table must be made first. */
  <T> T write(Session session, Destination destination, Session.Work<T> work) throws SQLException {
    boolean exclusive =
        destination.write().exclusive() || catalog.findTable(session, destination.id()).isEmpty();
    return take(session, destination.id(), exclusive, work);
  }

  /** Changes one table; an exclusive change waits for the others. */
  <T> T take(Session session, TableId table, boolean exclusive, Session.Work<T> work)
      throws SQLException {
    TableLocks.Owner owner = locks.new Owner();
    boolean changed = false;
    try {
      if (exclusive) {
        owner.await(table);
      }
      T result = rerunning(session, table, work);
      changed = true;
      return result;
    } finally {
      owner.release(changed);
    }
  }

  private static <T> T rerunning(Session session, TableId table, Session.Work<T> work)
      throws SQLException {
    try {
      return session.persistently(work);
    } catch (SQLException e) {
      throw Failures.of(e, table);
    }
  }
}
