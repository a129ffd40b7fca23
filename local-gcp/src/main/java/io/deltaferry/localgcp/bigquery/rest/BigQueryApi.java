package io.deltaferry.localgcp.bigquery.rest;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.job.Jobs;
import io.deltaferry.localgcp.bigquery.job.Streaming;
import io.deltaferry.localgcp.bigquery.job.TableSizes;
import io.deltaferry.localgcp.bigquery.job.Views;
import io.deltaferry.localgcp.http.JsonHttpServer;

/** Adds BigQuery v2 to a server. */
public final class BigQueryApi {
  private BigQueryApi() {}

  /** Adds every method and the discovery document that lists them. */
  public static void addTo(
      JsonHttpServer server,
      Catalog catalog,
      Jobs jobs,
      TableSizes sizes,
      Views views,
      Streaming streaming) {
    Routes routes = new Routes(server, catalog);
    new ProjectRoutes(catalog).addTo(routes);
    new DatasetRoutes(catalog).addTo(routes);
    new TableRoutes(catalog, sizes, new TableChanges(catalog, views)).addTo(routes);
    new TableDataRoutes(catalog, streaming).addTo(routes);
    new JobRoutes(jobs).addTo(routes);
    JobRoutes.refuseUploads(server);
    new QueryRoutes(catalog, jobs).addTo(routes);
    new DiscoveryDocument(routes.methods()).addTo(server);
  }
}
