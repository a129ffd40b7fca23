package io.deltaferry.localgcp.bigquery.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.duckdb.DuckDBConnection;

/** The DuckDB file that keeps the tables' rows and everything known about them. */
public final class Database implements AutoCloseable {
  private final DuckDBConnection root;

  private Database(DuckDBConnection root) {
    this.root = root;
  }

  /**
   * Opens or creates the file {@code bigquery.duckdb} in the directory.
   *
   * @param memoryLimit as DuckDB reads it, such as {@code 2GB}
   * @throws SQLException when another process has the file open
   */
  public static Database open(Path directory, String memoryLimit, int threads) throws SQLException {
    try {
      Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create the data directory " + directory, e);
    }
    Properties settings = new Properties();
    settings.setProperty("memory_limit", memoryLimit);
    settings.setProperty("threads", String.valueOf(threads));
    Connection root =
        DriverManager.getConnection(
            "jdbc:duckdb:" + directory.resolve("bigquery.duckdb"), settings);
    return new Database(root.unwrap(DuckDBConnection.class));
  }

  /** A session of its own on the same file, in UTC; the caller closes it. */
  public Connection connect() throws SQLException {
    Connection connection = root.duplicate();
    try (Statement statement = connection.createStatement()) {
      // DuckDB takes the machine's zone otherwise, and BigQuery's default is UTC.
      statement.execute("SET TimeZone='UTC'");
    }
    return connection;
  }

  @Override
  public void close() throws SQLException {
    root.close();
  }
}
