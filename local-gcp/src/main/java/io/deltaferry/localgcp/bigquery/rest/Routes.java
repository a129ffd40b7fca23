package io.deltaferry.localgcp.bigquery.rest;

import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.sql.EngineErrors;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Adds methods to the server and remembers them for the discovery document. */
final class Routes {
  private static final String PREFIX = "/bigquery/v2/";

  private final JsonHttpServer server;
  private final Catalog catalog;
  private final List<Method> methods = new ArrayList<>();

  Routes(JsonHttpServer server, Catalog catalog) {
    this.server = server;
    this.catalog = catalog;
  }

  /**
   * A method of the API.
   *
   * @param id such as {@code bigquery.jobs.get}
   * @param path below {@code /bigquery/v2/}, with the API's names for its variables
   */
  record Method(String id, String verb, String path) {}

  /** Answers one call with a session of its own. */
  @FunctionalInterface
  interface Handler {
    void handle(HttpCall call, Session session) throws IOException, SQLException;
  }

  void add(String id, String verb, String path, Handler handler) {
    methods.add(new Method(id, verb, path));
    server.route(verb, PREFIX + path, call -> handle(handler, call));
  }

  private void handle(Handler handler, HttpCall call) throws IOException {
    try (Session session = catalog.session()) {
      handler.handle(call, session);
    } catch (SQLException e) {
      if (Session.isConflict(e)) {
        throw new GoogleError(
            503, "backendError", "Another change of the same table is under way; try again");
      }
      throw new GoogleError(
          500, "internalError", "The local BigQuery's database failed: " + EngineErrors.message(e));
    }
  }

  List<Method> methods() {
    return List.copyOf(methods);
  }
}
