package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.bigquery.sql.function.DuckMacros;
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
  /**
   * The endpoint's own tables. Nothing has a unique index: DuckDB's indexes refuse a key that is
   * deleted and inserted again in one transaction; {@link Catalog} and the job store guard
   * uniqueness themselves.
   */
  private static final String LAYOUT =
      """
      CREATE SCHEMA IF NOT EXISTS _catalog;
      CREATE TABLE IF NOT EXISTS _catalog.datasets (
        project VARCHAR NOT NULL, dataset VARCHAR NOT NULL, created BIGINT NOT NULL,
        modified BIGINT NOT NULL, properties VARCHAR NOT NULL);
      CREATE TABLE IF NOT EXISTS _catalog.tables (
        project VARCHAR NOT NULL, dataset VARCHAR NOT NULL, name VARCHAR NOT NULL,
        kind VARCHAR NOT NULL, number BIGINT NOT NULL, created BIGINT NOT NULL, expires BIGINT,
        schema VARCHAR NOT NULL, properties VARCHAR NOT NULL);
      CREATE TABLE IF NOT EXISTS _catalog.columns (
        number BIGINT NOT NULL, ordinal BIGINT NOT NULL, name VARCHAR NOT NULL,
        type VARCHAR NOT NULL, nullable BOOLEAN NOT NULL, partitioning BOOLEAN NOT NULL,
        clustering BIGINT, default_expression VARCHAR);
      CREATE TABLE IF NOT EXISTS _catalog.changes (number BIGINT NOT NULL, changed BIGINT NOT NULL);
      CREATE TABLE IF NOT EXISTS _catalog.jobs (
        project VARCHAR NOT NULL, job VARCHAR NOT NULL, parent VARCHAR, state VARCHAR NOT NULL,
        created BIGINT NOT NULL, document VARCHAR NOT NULL);
      """;

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
    try (Statement statement = root.createStatement()) {
      statement.execute(LAYOUT);
      DuckMacros.install(root);
    }
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
