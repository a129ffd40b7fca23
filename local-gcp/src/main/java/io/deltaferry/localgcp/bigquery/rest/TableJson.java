package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.catalog.TableEntry;
import io.deltaferry.localgcp.bigquery.job.Job;
import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tables and views in the API's form. */
final class TableJson {
  /** What is kept as it comes; schema and expirationTime are kept apart. */
  private static final List<String> SETTABLE =
      List.of(
          "clustering",
          "defaultCollation",
          "defaultRoundingMode",
          "description",
          "friendlyName",
          "labels",
          "maxStaleness",
          "rangePartitioning",
          "requirePartitionFilter",
          "resourceTags",
          "tableConstraints",
          "timePartitioning",
          "view");

  private static final Set<String> ELSEWHERE =
      Set.of(
          "creationTime",
          "etag",
          "expirationTime",
          "id",
          "kind",
          "lastModifiedTime",
          "location",
          "numActiveLogicalBytes",
          "numBytes",
          "numLongTermBytes",
          "numRows",
          "numTotalLogicalBytes",
          "schema",
          "selfLink",
          "tableReference",
          "type");

  private TableJson() {}

  /**
   * The properties a body sets.
   *
   * @throws GoogleError notImplemented for others
   */
  static ObjectNode properties(JsonNode body) {
    ObjectNode properties = Json.object();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      String name = entry.getKey();
      if (SETTABLE.contains(name)) {
        properties.set(name, entry.getValue());
      } else if (!ELSEWHERE.contains(name) && !entry.getValue().isNull()) {
        throw new GoogleError(
            501, "notImplemented", "The table property " + name + " is not supported here");
      }
    }
    return properties;
  }

  /** Everything but the sizes. */
  static ObjectNode write(TableEntry entry, long modified, String selfLink) {
    ObjectNode json = listed(entry);
    json.put("etag", Etags.of(entry.properties(), modified));
    json.put("selfLink", selfLink);
    json.set("schema", SchemaJson.write(entry.schema()));
    json.put("lastModifiedTime", String.valueOf(modified));
    json.put("location", Job.LOCATION);
    json.setAll(entry.properties());
    return json;
  }

  static ObjectNode listed(TableEntry entry) {
    ObjectNode json = Json.object().put("kind", "bigquery#table");
    json.put("id", entry.id().toString());
    json.set("tableReference", entry.id().reference());
    json.put("type", entry.kind().name());
    json.put("creationTime", String.valueOf(entry.created()));
    if (entry.expires() != null) {
      json.put("expirationTime", String.valueOf(entry.expires()));
    }
    ObjectNode properties = entry.properties();
    for (String name :
        List.of("labels", "friendlyName", "timePartitioning", "rangePartitioning", "clustering")) {
      if (properties.has(name)) {
        json.set(name, properties.get(name));
      }
    }
    if (entry.view()) {
      json.putObject("view").put("useLegacySql", false);
    }
    return json;
  }
}
