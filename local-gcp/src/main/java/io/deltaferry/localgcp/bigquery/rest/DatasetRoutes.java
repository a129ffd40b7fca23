package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetEntry;
import io.deltaferry.localgcp.bigquery.catalog.DatasetId;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The methods of {@code bigquery.datasets}. */
final class DatasetRoutes {
  private final Catalog catalog;

  DatasetRoutes(Catalog catalog) {
    this.catalog = catalog;
  }

  void addTo(Routes routes) {
    routes.add("bigquery.datasets.list", "GET", "projects/{projectId}/datasets", this::list);
    routes.add("bigquery.datasets.insert", "POST", "projects/{projectId}/datasets", this::insert);
    String one = "projects/{projectId}/datasets/{datasetId}";
    routes.add("bigquery.datasets.get", "GET", one, this::get);
    routes.add("bigquery.datasets.patch", "PATCH", one, this::patch);
    routes.add("bigquery.datasets.update", "PUT", one, this::update);
    routes.add("bigquery.datasets.delete", "DELETE", one, this::delete);
  }

  private static DatasetId id(HttpCall call) {
    return new DatasetId(call.path("projectId"), call.path("datasetId"));
  }

  private void insert(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode body = call.json();
    String name = body.path("datasetReference").path("datasetId").asText("");
    if (name.isEmpty()) {
      throw new GoogleError(400, "required", "Required parameter is missing: datasetId");
    }
    String project = body.path("datasetReference").path("projectId").asText(call.path("projectId"));
    DatasetId id = new DatasetId(project, name);
    ObjectNode properties = settings(body);
    DatasetEntry entry = session.persistently(() -> catalog.createDataset(session, id, properties));
    respond(call, entry);
  }

  /** What a whole dataset sets; null sets nothing. */
  private static ObjectNode settings(JsonNode body) {
    ObjectNode properties = Json.object();
    Json.patch(properties, DatasetJson.properties(body));
    return properties;
  }

  private void get(HttpCall call, Session session) throws IOException, SQLException {
    respond(call, catalog.dataset(session, id(call)));
  }

  private void list(HttpCall call, Session session) throws IOException, SQLException {
    boolean all = call.query("all").map(Boolean::parseBoolean).orElse(false);
    List<DatasetEntry> visible =
        catalog.datasets(session, call.path("projectId")).stream()
            .filter(entry -> all || !entry.id().dataset().startsWith("_"))
            .toList();
    Page<DatasetEntry> page = Page.of(visible, call, 1000);
    ObjectNode json = Json.object().put("kind", "bigquery#datasetList");
    ArrayNode items = json.putArray("datasets");
    page.items().forEach(entry -> items.add(DatasetJson.listed(entry)));
    if (page.next() != null) {
      json.put("nextPageToken", page.next());
    }
    call.respondJson(200, json);
  }

  private void patch(HttpCall call, Session session) throws IOException, SQLException {
    ObjectNode changes = DatasetJson.properties(call.json());
    change(
        call,
        session,
        before -> {
          ObjectNode properties = before.properties();
          Json.patch(properties, changes);
          return properties;
        });
  }

  private void update(HttpCall call, Session session) throws IOException, SQLException {
    ObjectNode properties = settings(call.json());
    change(call, session, before -> properties);
  }

  private interface Change {
    ObjectNode of(DatasetEntry before);
  }

  private void change(HttpCall call, Session session, Change change)
      throws IOException, SQLException {
    DatasetEntry after =
        session.persistently(
            () -> {
              DatasetEntry before = catalog.dataset(session, id(call));
              Etags.check(call, Etags.of(before.properties(), before.modified()));
              return catalog.updateDataset(session, before, change.of(before));
            });
    respond(call, after);
  }

  private void delete(HttpCall call, Session session) throws IOException, SQLException {
    boolean contents = call.query("deleteContents").map(Boolean::parseBoolean).orElse(false);
    session.persistently(
        () -> {
          catalog.deleteDataset(session, id(call), contents);
          return true;
        });
    call.respondEmpty(204);
  }

  private static void respond(HttpCall call, DatasetEntry entry) throws IOException {
    String link =
        call.baseUrl()
            + "/bigquery/v2/projects/"
            + entry.id().project()
            + "/datasets/"
            + entry.id().dataset();
    call.respondJson(200, DatasetJson.write(entry, link));
  }
}
