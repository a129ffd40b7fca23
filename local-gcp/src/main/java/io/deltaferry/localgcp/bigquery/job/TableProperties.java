package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.sql.Definition;
import io.deltaferry.localgcp.http.GoogleError;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What jobs and DDL say of a table beside its schema, in the API's form. */
final class TableProperties {
  private TableProperties() {}

  /** Of a load or query: partitioning, clustering and destinationTableProperties. */
  static ObjectNode ofJob(JsonNode configuration) {
    ObjectNode properties = Json.object();
    for (String name : List.of("timePartitioning", "rangePartitioning", "clustering")) {
      if (configuration.hasNonNull(name)) {
        properties.set(name, configuration.get(name));
      }
    }
    JsonNode more = configuration.path("destinationTableProperties");
    for (String name : List.of("description", "friendlyName", "labels")) {
      if (more.hasNonNull(name)) {
        properties.set(name, more.get(name));
      }
    }
    return properties;
  }

  static @Nullable Long expiresOfJob(JsonNode configuration) {
    JsonNode expires = configuration.path("destinationTableProperties").path("expirationTime");
    return expires.isMissingNode() || expires.isNull() ? null : Long.valueOf(expires.asLong());
  }

  /** Whether the job may add columns to its destination. */
  static boolean mayWiden(JsonNode configuration) {
    boolean widen = false;
    for (JsonNode option : configuration.path("schemaUpdateOptions")) {
      switch (option.asText()) {
        case "ALLOW_FIELD_ADDITION" -> widen = true;
        case "ALLOW_FIELD_RELAXATION" ->
            throw new GoogleError(
                501, "notImplemented", "ALLOW_FIELD_RELAXATION is not supported here");
        default ->
            throw GoogleError.invalid("Invalid value for schemaUpdateOptions: " + option.asText());
      }
    }
    return widen;
  }

  /** Of a CREATE TABLE. */
  static ObjectNode of(Definition.CreateTable create) {
    ObjectNode properties = Json.object();
    if (create.partitioning() != null) {
      partitioning(properties, create.partitioning());
    }
    options(properties, create.options());
    if (!create.clustering().isEmpty()) {
      properties.putObject("clustering").set("fields", Json.of(create.clustering()));
    }
    if (!create.primaryKey().isEmpty()) {
      properties
          .putObject("tableConstraints")
          .putObject("primaryKey")
          .set("columns", Json.of(create.primaryKey()));
    }
    return properties;
  }

  private static void partitioning(ObjectNode properties, Definition.Partitioning partitioning) {
    Definition.Partitioning.Range range = partitioning.range();
    if (range != null) {
      ObjectNode node = properties.putObject("rangePartitioning");
      node.put("field", partitioning.column());
      node.putObject("range")
          .put("start", String.valueOf(range.start()))
          .put("end", String.valueOf(range.end()))
          .put("interval", String.valueOf(range.interval()));
      return;
    }
    ObjectNode node = properties.putObject("timePartitioning");
    node.put("type", partitioning.granularity());
    if (partitioning.column() != null) {
      node.put("field", partitioning.column());
    }
  }

  /** Sets the DDL options that are table properties, once the partitioning is set. */
  static void options(ObjectNode properties, Map<String, Object> options) {
    options.forEach((name, value) -> option(properties, name, value));
  }

  private static void option(ObjectNode properties, String name, Object value) {
    switch (name) {
      case "description" -> properties.set("description", Json.of(value));
      case "friendly_name" -> properties.set("friendlyName", Json.of(value));
      case "labels" -> properties.set("labels", Json.of(value));
      case "require_partition_filter" -> properties.set("requirePartitionFilter", Json.of(value));
      case "max_staleness" -> properties.set("maxStaleness", Json.of(value.toString()));
      case "partition_expiration_days" ->
          timePartitioning(properties).put("expirationMs", String.valueOf(millis(value)));
      case "expiration_timestamp" -> {
        // Kept elsewhere: it is the table's own expiry.
      }
      default -> throw JobFailure.invalidQuery("The option " + name + " is not supported here");
    }
  }

  private static ObjectNode timePartitioning(ObjectNode properties) {
    if (properties.path("timePartitioning") instanceof ObjectNode time) {
      return time;
    }
    throw JobFailure.invalidQuery(
        "The option partition_expiration_days needs a table partitioned by time");
  }

  /** Takes an option away that is set to NULL. */
  static void clear(ObjectNode properties, String option) {
    switch (option) {
      case "friendly_name" -> properties.remove("friendlyName");
      case "require_partition_filter" -> properties.remove("requirePartitionFilter");
      case "max_staleness" -> properties.remove("maxStaleness");
      case "partition_expiration_days" -> timePartitioning(properties).remove("expirationMs");
      default -> properties.remove(option);
    }
  }

  static @Nullable Long expires(Map<String, Object> options) {
    return options.get("expiration_timestamp") instanceof Instant at
        ? Long.valueOf(at.toEpochMilli())
        : null;
  }

  /** Days as DDL writes them, whole or with a fraction. */
  static long millis(Object days) {
    return Math.round(((Number) days).doubleValue() * Duration.ofDays(1).toMillis());
  }
}
