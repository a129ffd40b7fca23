package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetId;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.job.TableSizes;
import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The methods of {@code bigquery.tables}. */
final class TableRoutes {
  private final Catalog catalog;
  private final TableSizes sizes;
  private final TableChanges changes;

  TableRoutes(Catalog catalog, TableSizes sizes, TableChanges changes) {
    this.catalog = catalog;
    this.sizes = sizes;
    this.changes = changes;
  }

  void addTo(Routes routes) {
    String all = "projects/{projectId}/datasets/{datasetId}/tables";
    String one = all + "/{tableId}";
    routes.add("bigquery.tables.list", "GET", all, this::list);
    routes.add("bigquery.tables.insert", "POST", all, this::insert);
    routes.add("bigquery.tables.get", "GET", one, this::get);
    routes.add("bigquery.tables.patch", "PATCH", one, this::patch);
    routes.add("bigquery.tables.update", "PUT", one, this::update);
    routes.add("bigquery.tables.delete", "DELETE", one, this::delete);
    routes.add(
        "bigquery.tables.testIamPermissions", "POST", one + ":testIamPermissions", this::test);
  }

  static TableId id(HttpCall call) {
    return TableId.of(call.path("projectId"), call.path("datasetId"), call.path("tableId"));
  }

  private void insert(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode body = call.json();
    DatasetId dataset = new DatasetId(call.path("projectId"), call.path("datasetId"));
    TableId id = dataset.table(body.path("tableReference").path("tableId").asText(""));
    TableEntry entry = session.persistently(() -> changes.create(session, id, body));
    respond(call, session, entry);
  }

  private void get(HttpCall call, Session session) throws IOException, SQLException {
    respond(call, session, catalog.table(session, id(call)));
  }

  /** Nobody is refused anything here. */
  private void test(HttpCall call, Session session) throws IOException, SQLException {
    catalog.table(session, id(call));
    ObjectNode json = Json.object();
    json.set("permissions", call.json().path("permissions"));
    call.respondJson(200, json);
  }

  private void list(HttpCall call, Session session) throws IOException, SQLException {
    DatasetId id = new DatasetId(call.path("projectId"), call.path("datasetId"));
    catalog.dataset(session, id);
    List<TableEntry> all = catalog.tables(session, id);
    Page<TableEntry> page = Page.of(all, call, 1000);
    ObjectNode json = Json.object().put("kind", "bigquery#tableList");
    ArrayNode items = json.putArray("tables");
    page.items().forEach(entry -> items.add(TableJson.listed(entry)));
    json.put("totalItems", all.size());
    if (page.next() != null) {
      json.put("nextPageToken", page.next());
    }
    call.respondJson(200, json);
  }

  private void patch(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode body = call.json();
    change(call, session, before -> changes.patch(session, before, body));
  }

  private void update(HttpCall call, Session session) throws IOException, SQLException {
    JsonNode body = call.json();
    change(call, session, before -> changes.replace(session, before, body));
  }

  private interface Change {
    TableEntry of(TableEntry before) throws SQLException;
  }

  private void change(HttpCall call, Session session, Change change)
      throws IOException, SQLException {
    TableEntry after =
        session.persistently(
            () -> {
              TableEntry before = catalog.table(session, id(call));
              Etags.check(
                  call, Etags.of(before.properties(), catalog.lastModified(session, before)));
              return change.of(before);
            });
    respond(call, session, after);
  }

  private void delete(HttpCall call, Session session) throws IOException, SQLException {
    session.persistently(
        () -> {
          catalog.dropTable(session, catalog.table(session, id(call)));
          return true;
        });
    call.respondEmpty(204);
  }

  private void respond(HttpCall call, Session session, TableEntry entry)
      throws IOException, SQLException {
    TableId id = entry.id();
    String link =
        call.baseUrl()
            + "/bigquery/v2/projects/%s/datasets/%s/tables/%s"
                .formatted(id.project(), id.dataset(), id.table());
    ObjectNode json = TableJson.write(entry, catalog.lastModified(session, entry), link);
    boolean withSizes = !call.query("view").orElse("").equals("BASIC") && !entry.view();
    if (withSizes) {
      String bytes = String.valueOf(sizes.bytes(session, entry));
      json.put("numRows", String.valueOf(catalog.rows(session, entry)));
      json.put("numBytes", bytes);
      json.put("numLongTermBytes", "0");
      json.put("numTotalLogicalBytes", bytes);
      json.put("numActiveLogicalBytes", bytes);
    }
    call.respondJson(200, json);
  }
}
