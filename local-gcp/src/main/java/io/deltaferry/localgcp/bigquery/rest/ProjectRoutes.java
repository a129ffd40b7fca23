package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.http.HttpCall;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** The methods of {@code bigquery.projects}: a project exists once it has a dataset. */
final class ProjectRoutes {
  private final Catalog catalog;

  ProjectRoutes(Catalog catalog) {
    this.catalog = catalog;
  }

  void addTo(Routes routes) {
    routes.add("bigquery.projects.list", "GET", "projects", this::list);
    routes.add(
        "bigquery.projects.getServiceAccount",
        "GET",
        "projects/{projectId}/serviceAccount",
        ProjectRoutes::serviceAccount);
  }

  private void list(HttpCall call, Session session) throws IOException, SQLException {
    List<String> names = catalog.projects(session);
    ObjectNode json = Json.object().put("kind", "bigquery#projectList");
    ArrayNode projects = json.putArray("projects");
    for (String name : names) {
      ObjectNode project = projects.addObject().put("kind", "bigquery#project").put("id", name);
      project.putObject("projectReference").put("projectId", name);
      project.put("friendlyName", name);
    }
    json.put("totalItems", names.size());
    call.respondJson(200, json);
  }

  private static void serviceAccount(HttpCall call, Session session) throws IOException {
    call.respondJson(
        200,
        Json.object()
            .put("kind", "bigquery#getServiceAccountResponse")
            .put("email", "bq-" + call.path("projectId") + "@local-gcp.invalid"));
  }
}
