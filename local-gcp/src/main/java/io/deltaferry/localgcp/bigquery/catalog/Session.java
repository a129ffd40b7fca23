package io.deltaferry.localgcp.bigquery.catalog;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One DuckDB connection with the few calls used here; only {@link #cancel} may come from another
 * thread. A statement that fails is closed by the driver, so each call prepares its own.
 */
public final class Session implements AutoCloseable {
  /** With the pauses between them, more than a second: a metadata transaction takes a few ms. */
  private static final int RERUNS = 8;

  private static final long FIRST_PAUSE_MILLIS = 5;

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
    forEach(row -> rows.add(reader.read(row)), sql, values);
    return rows;
  }

  /** Hands every row to the reader and keeps none. */
  public void forEach(RowReader<?> reader, String sql, @Nullable Object... values)
      throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      active = statement;
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          reader.read(result);
        }
      }
    } finally {
      active = null;
    }
  }

  private PreparedStatement prepare(String sql, @Nullable Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  /** Starts a transaction, which {@link #commit} or {@link #rollback} ends. */
  public void begin() throws SQLException {
    connection.setAutoCommit(false);
  }

  /** Ends the transaction; when this fails, nothing of it was done. */
  public void commit() throws SQLException {
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** Undoes the open transaction, if there is one; DuckDB may have undone it already. */
  public void rollback() {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
      }
    } catch (SQLException alreadyEnded) {
      // "no transaction is active": what was asked for.
    }
    try {
      connection.setAutoCommit(true);
    } catch (SQLException closed) {
      // A closed connection has no transaction either.
    }
  }

  /** Runs the work in one transaction of this session; a failure undoes all of it. */
  public <T> T atomically(Work<T> work) throws SQLException {
    begin();
    boolean committed = false;
    try {
      T result = work.run();
      commit();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        rollback();
      }
    }
  }

  /**
   * As {@link #atomically}, but runs the work again, a few times and with growing pauses, when
   * another transaction was there first. The work must not depend on what an earlier run of it
   * read.
   */
  public <T> T persistently(Work<T> work) throws SQLException {
    for (int run = 0; ; run++) {
      try {
        return atomically(work);
      } catch (SQLException e) {
        if (!isConflict(e) || run == RERUNS || !pause(FIRST_PAUSE_MILLIS << run)) {
          throw e;
        }
      }
    }
  }

  /** False when the thread is to stop. */
  private static boolean pause(long millis) {
    try {
      TimeUnit.MILLISECONDS.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** DuckDB's complaint that another transaction was there first. */
  public static boolean isConflict(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("TransactionContext Error")
        && message.toLowerCase(Locale.ROOT).contains("conflict");
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
