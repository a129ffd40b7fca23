package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.LoadFiles;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.http.GoogleError;

/** Reads a job's configuration and says how such a job runs. */
public final class Executions {
  private final Catalog catalog;
  private final LoadFiles files;
  private final SqlFrontEnd sql;
  private final TableSizes sizes;
  private final Streaming streaming;
  private final Turns turns;

  /** Executions over one catalog; only one such object may change its tables. */
  public Executions(
      Catalog catalog, LoadFiles files, SqlFrontEnd sql, TableSizes sizes, Streaming streaming) {
    this.catalog = catalog;
    this.files = files;
    this.sql = sql;
    this.sizes = sizes;
    this.streaming = streaming;
    this.turns = new Turns(catalog);
  }

  /**
   * How the job runs.
   *
   * @throws GoogleError for a configuration that no job here has
   */
  Execution of(ObjectNode configuration) {
    if (configuration.has("load")) {
      return new LoadExecution(catalog, turns, files, configuration.path("load"));
    }
    if (configuration.has("query")) {
      return new QueryExecution(
          new QueryExecution.Environment(catalog, turns, sql, sizes, streaming), configuration);
    }
    if (configuration.has("copy")) {
      return new CopyExecution(catalog, turns, configuration.path("copy"));
    }
    if (configuration.has("extract")) {
      throw new GoogleError(501, "notImplemented", "Extract jobs are not supported here");
    }
    throw new GoogleError(
        400, "required", "Required parameter is missing: configuration.load, query or copy");
  }
}
