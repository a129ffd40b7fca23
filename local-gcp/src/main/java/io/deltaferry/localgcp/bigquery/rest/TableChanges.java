package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Catalog;
import io.deltaferry.localgcp.bigquery.catalog.DatasetEntry;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.Session;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.catalog.TableId;
import io.deltaferry.localgcp.bigquery.catalog.TableKind;
import io.deltaferry.localgcp.bigquery.job.Views;
import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What tables.insert, patch and update do, in the session's transaction. */
final class TableChanges {
  private final Catalog catalog;
  private final Views views;

  TableChanges(Catalog catalog, Views views) {
    this.catalog = catalog;
    this.views = views;
  }

  TableEntry create(Session session, TableId id, JsonNode body) throws SQLException {
    DatasetEntry dataset = catalog.dataset(session, id.datasetId());
    ObjectNode properties = Json.object();
    Json.patch(properties, TableJson.properties(body));
    checkColumns(SchemaJson.read(body.path("schema")), properties);
    if (properties.has("view")) {
      return createView(session, id, properties, expires(body, null));
    }
    return catalog.createTable(
        session,
        catalog.draft(
            dataset,
            id,
            TableKind.TABLE,
            SchemaJson.read(body.path("schema")),
            properties,
            expires(body, null)));
  }

  private TableEntry createView(
      Session session, TableId id, ObjectNode properties, @Nullable Long expires)
      throws SQLException {
    JsonNode view = properties.path("view");
    if (view.path("useLegacySql").asBoolean(true)) {
      throw new GoogleError(
          501,
          "notImplemented",
          "Legacy SQL, the API's default, is not supported here: set view.useLegacySql to false");
    }
    views.create(session, id, view.path("query").asText(), false);
    TableEntry created = catalog.table(session, id);
    TableEntry described = created.withProperties(properties).withExpires(expires);
    catalog.replaceDescription(session, described);
    return described;
  }

  /** Partitioning, clustering and keys name columns that exist. */
  private static void checkColumns(TableSchema schema, ObjectNode properties) {
    for (JsonNode column : properties.path("clustering").path("fields")) {
      known(schema, column.asText(), "clustering");
    }
    for (JsonNode column : properties.path("tableConstraints").path("primaryKey").path("columns")) {
      known(schema, column.asText(), "primary key");
    }
    for (String kind : List.of("timePartitioning", "rangePartitioning")) {
      JsonNode field = properties.path(kind).path("field");
      if (field.isTextual()) {
        known(schema, field.asText(), "partitioning");
      }
    }
  }

  private static void known(TableSchema schema, String column, String what) {
    if (schema.field(column).isEmpty()) {
      throw GoogleError.invalid(
          "The field specified for " + what + " cannot be found in the schema: " + column);
    }
  }

  TableEntry patch(Session session, TableEntry before, JsonNode body) throws SQLException {
    ObjectNode properties = before.properties();
    Json.patch(properties, TableJson.properties(body));
    boolean newSchema = !before.view() && !body.path("schema").path("fields").isEmpty();
    TableSchema schema = newSchema ? SchemaJson.read(body.path("schema")) : before.schema();
    return apply(session, before, schema, properties, expires(body, before.expires()));
  }

  TableEntry replace(Session session, TableEntry before, JsonNode body) throws SQLException {
    ObjectNode properties = Json.object();
    Json.patch(properties, TableJson.properties(body));
    TableSchema schema = before.view() ? before.schema() : SchemaJson.read(body.path("schema"));
    return apply(session, before, schema, properties, expires(body, null));
  }

  private TableEntry apply(
      Session session,
      TableEntry before,
      TableSchema schema,
      ObjectNode properties,
      @Nullable Long expires)
      throws SQLException {
    samePartitioning(before, properties);
    checkColumns(schema, properties);
    String query = properties.path("view").path("query").asText("");
    if (before.view() && !query.equals(before.properties().path("view").path("query").asText(""))) {
      views.create(session, before.id(), query, true);
      TableEntry created = catalog.table(session, before.id());
      TableEntry after = created.withProperties(properties).withExpires(expires);
      catalog.replaceDescription(session, after);
      return after;
    }
    TableEntry after = before.withSchema(schema).withProperties(properties).withExpires(expires);
    catalog.update(session, before, after);
    return after;
  }

  /** The column of a partitioned table is for ever; only its expiration may change. */
  private static void samePartitioning(TableEntry before, ObjectNode properties) {
    for (String kind : List.of("timePartitioning", "rangePartitioning")) {
      JsonNode old = before.properties().path(kind);
      JsonNode now = properties.path(kind);
      boolean differs =
          !old.path("field").equals(now.path("field"))
              || !old.path("type").equals(now.path("type"))
              || !old.path("range").equals(now.path("range"));
      if (differs) {
        throw GoogleError.invalid(
            "Cannot change partitioning/clustering spec for a partitioned/clustered table.");
      }
    }
  }

  /** Milliseconds; absent keeps what was, null and 0 mean never. */
  private static @Nullable Long expires(JsonNode body, @Nullable Long before) {
    JsonNode value = body.path("expirationTime");
    if (value.isMissingNode()) {
      return before;
    }
    long millis = value.asLong(0);
    return millis == 0 ? null : Long.valueOf(millis);
  }
}
