package io.deltaferry.localgcp.bigquery.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One DuckDB connection with the few calls used here; only {@link #cancel} may come from another
 * thread. A statement that fails is closed by the driver, so each call prepares its own.
 */
public final class Session implements AutoCloseable {
  private final Connection connection;
  private volatile @Nullable Statement active;

  public Session(Connection connection) {
    this.connection = connection;
  }

  public Connection connection() {
    return connection;
  }

  /** Runs statements without parameters or result. */
  public void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      active = statement;
      statement.execute(sql);
    } finally {
      active = null;
    }
  }

  /** Stops the statement another thread is running here, if there is one. */
  public void cancel() throws SQLException {
    Statement running = active;
    if (running != null) {
      running.cancel();
    }
  }

  /**
   * Runs one statement.
   *
   * @return the rows it changed, 0 when it counts none
   */
  public long update(String sql, @Nullable Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      active = statement;
      return statement.execute() ? 0 : Math.max(0, statement.getUpdateCount());
    } finally {
      active = null;
    }
  }

  /** Reads every row through the reader. */
  public <T> List<T> query(RowReader<T> reader, String sql, @Nullable Object... values)
      throws SQLException {
    List<T> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values)) {
      active = statement;
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(reader.read(result));
        }
      }
    } finally {
      active = null;
    }
    return rows;
  }

  /** The statement with its values bound; the caller closes it. */
  public PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Runs the work in one transaction of this session; a failure undoes all of it. */
  public <T> T atomically(Work<T> work) throws SQLException {
    execute("BEGIN TRANSACTION");
    boolean committed = false;
    try {
      T result = work.run();
      execute("COMMIT");
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  /** Ends the open transaction, if there is one; DuckDB may have ended it already. */
  public void rollback() {
    try {
      execute("ROLLBACK");
    } catch (SQLException alreadyEnded) {
      // "no transaction is active": what was asked for.
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  /** Reads one row. */
  @FunctionalInterface
  public interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What runs inside a transaction. */
  @FunctionalInterface
  public interface Work<T> {
    T run() throws SQLException;
  }
}
