package io.deltaferry.localgcp.bigquery;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Database;
import io.deltaferry.localgcp.bigquery.job.Executions;
import io.deltaferry.localgcp.bigquery.job.Jobs;
import io.deltaferry.localgcp.bigquery.job.SqlFrontEnd;
import io.deltaferry.localgcp.bigquery.job.Streaming;
import io.deltaferry.localgcp.bigquery.job.TableSizes;
import io.deltaferry.localgcp.bigquery.job.Views;
import io.deltaferry.localgcp.bigquery.rest.BigQueryApi;
import io.deltaferry.localgcp.bigquery.sql.GoogleSql;
import io.deltaferry.localgcp.bigquery.sql.gate.ZetaSqlGate;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;

/** A BigQuery endpoint on the loopback address whose tables live in a DuckDB file. */
public final class LocalBigQuery implements AutoCloseable {
  private final Database database;
  private final Jobs jobs;
  private final JsonHttpServer server;

  private LocalBigQuery(Database database, Jobs jobs, JsonHttpServer server) {
    this.database = database;
    this.jobs = jobs;
    this.server = server;
  }

  /**
   * What an endpoint needs.
   *
   * @param port 0 for any free one
   * @param dataDirectory where its file {@code bigquery.duckdb} is or will be
   * @param files where load jobs read from
   * @param memoryLimit of DuckDB, such as {@code 2GB}
   * @param threads DuckDB's
   * @param concurrentJobs how many jobs run at once; others wait as PENDING
   */
  public record Settings(
      int port,
      Path dataDirectory,
      LoadFiles files,
      Clock clock,
      String memoryLimit,
      int threads,
      int concurrentJobs) {

    /** Two gigabytes, as many threads as processors, sixteen jobs at once. */
    public static Settings of(int port, Path dataDirectory, LoadFiles files, Clock clock) {
      return new Settings(
          port, dataDirectory, files, clock, "2GB", Runtime.getRuntime().availableProcessors(), 16);
    }

    public Settings withMemoryLimit(String limit) {
      return new Settings(port, dataDirectory, files, clock, limit, threads, concurrentJobs);
    }
  }

  /**
   * Opens the data directory and answers calls from then on.
   *
   * @throws SQLException when another process has the file open, or it is damaged
   * @throws java.io.UncheckedIOException when the port is taken
   */
  public static LocalBigQuery start(Settings settings) throws SQLException {
    ZetaSqlGate.warmUp();
    // First what needs no closing: when the port is taken, nothing has been opened yet.
    JsonHttpServer server = new JsonHttpServer("local-bigquery", settings.port());
    try {
      return serve(server, settings);
    } catch (SQLException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static LocalBigQuery serve(JsonHttpServer server, Settings settings) throws SQLException {
    Database database =
        Database.open(settings.dataDirectory(), settings.memoryLimit(), settings.threads());
    Catalog catalog = Catalog.open(database, settings.clock());
    SqlFrontEnd sql = new SqlFrontEnd(new GoogleSql(settings.clock()), new ZetaSqlGate());
    Streaming streaming = new Streaming(catalog);
    TableSizes sizes = new TableSizes(catalog);
    Executions executions = new Executions(catalog, settings.files(), sql, sizes, streaming);
    Jobs jobs = Jobs.open(catalog, executions, settings.concurrentJobs());
    BigQueryApi.addTo(server, catalog, jobs, sizes, new Views(catalog, sql), streaming);
    jobs.dropExpiredTables();
    server.start();
    return new LocalBigQuery(database, jobs, server);
  }

  public int port() {
    return server.port();
  }

  /** What a client sets as its host: {@code http://127.0.0.1:port}. */
  public String url() {
    return server.url();
  }

  /** Stops the jobs that run and closes the file; they end as failed at the next start. */
  @Override
  public void close() throws SQLException {
    server.close();
    jobs.close();
    database.close();
  }
}
