package io.deltaferry.localgcp.bigquery.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.DatasetEntry;
import io.deltaferry.localgcp.bigquery.catalog.DatasetId;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.job.Job;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Datasets in the API's form. */
final class DatasetJson {
  private static final List<String> SETTABLE =
      List.of(
          "access",
          "defaultCollation",
          "defaultPartitionExpirationMs",
          "defaultRoundingMode",
          "defaultTableExpirationMs",
          "description",
          "friendlyName",
          "isCaseInsensitive",
          "labels",
          "location",
          "maxTimeTravelHours",
          "resourceTags",
          "storageBillingModel");

  private static final Set<String> READ_ONLY =
      Set.of(
          "creationTime",
          "datasetReference",
          "etag",
          "id",
          "kind",
          "lastModifiedTime",
          "satisfiesPzs",
          "selfLink",
          "type");

  private DatasetJson() {}

  /**
   * The properties a body sets.
   *
   * @throws GoogleError notImplemented for others
   */
  static ObjectNode properties(JsonNode body) {
    ObjectNode properties = Json.object();
    for (Map.Entry<String, JsonNode> entry : body.properties()) {
      String name = entry.getKey();
      JsonNode value = entry.getValue();
      if (SETTABLE.contains(name)) {
        properties.set(name, value);
      } else if (!READ_ONLY.contains(name) && !value.isNull()) {
        throw new GoogleError(
            501, "notImplemented", "The dataset property " + name + " is not supported here");
      }
    }
    if (properties.path("isCaseInsensitive").asBoolean(false)) {
      throw new GoogleError(
          501, "notImplemented", "Case-insensitive datasets are not supported here");
    }
    return properties;
  }

  static ObjectNode write(DatasetEntry entry, String selfLink) {
    ObjectNode json = listed(entry);
    json.put("kind", "bigquery#dataset");
    json.put("etag", Etags.of(entry.properties(), entry.modified()));
    json.put("selfLink", selfLink);
    json.put("creationTime", String.valueOf(entry.created()));
    json.put("lastModifiedTime", String.valueOf(entry.modified()));
    json.put("type", "DEFAULT");
    json.setAll(entry.properties());
    if (!json.has("location")) {
      json.put("location", Job.LOCATION);
    }
    return json;
  }

  static ObjectNode listed(DatasetEntry entry) {
    ObjectNode json = Json.object().put("kind", "bigquery#dataset");
    json.put("id", entry.id().toString());
    json.set("datasetReference", reference(entry.id()));
    ObjectNode properties = entry.properties();
    for (String name : List.of("labels", "friendlyName")) {
      if (properties.has(name)) {
        json.set(name, properties.get(name));
      }
    }
    json.put("location", properties.path("location").asText(Job.LOCATION));
    return json;
  }

  static ObjectNode reference(DatasetId id) {
    return Json.object().put("datasetId", id.dataset()).put("projectId", id.project());
  }
}
