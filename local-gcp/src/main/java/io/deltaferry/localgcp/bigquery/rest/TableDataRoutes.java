package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.job.Streaming;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;
import java.sql.SQLException;

/** The methods of {@code bigquery.tabledata}. */
final class TableDataRoutes {
  private static final int MOST_ROWS = 50_000;

  private final Catalog catalog;
  private final Streaming streaming;

  TableDataRoutes(Catalog catalog, Streaming streaming) {
    this.catalog = catalog;
    this.streaming = streaming;
  }

  void addTo(Routes routes) {
    String one = "projects/{projectId}/datasets/{datasetId}/tables/{tableId}";
    routes.add("bigquery.tabledata.list", "GET", one + "/data", this::list);
    routes.add("bigquery.tabledata.insertAll", "POST", one + "/insertAll", this::insertAll);
  }

  private void list(HttpCall call, Session session) throws IOException, SQLException {
    TableEntry table = catalog.table(session, TableRoutes.id(call));
    if (table.view()) {
      throw GoogleError.invalid("Cannot list a table of type VIEW.");
    }
    ObjectNode json = Json.object().put("kind", "bigquery#tableDataList");
    json.put("etag", Etags.of(table.properties(), catalog.lastModified(session, table)));
    json.put("totalRows", String.valueOf(catalog.rows(session, table)));
    RowPage.read(session, table, call).into(json);
    call.respondJson(200, json);
  }

  private void insertAll(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode body = call.json();
    TableEntry table = catalog.table(session, TableRoutes.id(call));
    if (table.view()) {
      throw GoogleError.invalid("Cannot stream into " + table.id() + ": it is a view");
    }
    if (!body.path("templateSuffix").asText("").isEmpty()) {
      throw new GoogleError(501, "notImplemented", "templateSuffix is not supported here");
    }
    int rows = body.path("rows").size();
    if (rows == 0 || rows > MOST_ROWS) {
      throw GoogleError.invalid(
          rows == 0 ? "No rows present in the request." : "too many rows present in the request");
    }
    ObjectNode json = Json.object().put("kind", "bigquery#tableDataInsertAllResponse");
    ArrayNode errors = streaming.insert(session, table, body);
    if (!errors.isEmpty()) {
      json.set("insertErrors", errors);
    }
    call.respondJson(200, json);
  }
}
