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
    options(properties, create.options());
    if (create.partitioning() != null) {
      partitioning(properties, create.partitioning());
    }
    if (!create.clustering().isEmpty()) {
      properties.putObject("clustering").set("fields", Json.of(create.clustering()));
    }
    if (!create.primaryKey().isEmpty()) {
      properties
          .putObject("tableConstraints")
          .putObject("primaryKey")
          .set("columns", Json.of(create.primaryKey()));
    }
    Object expirationDays = create.options().get("partition_expiration_days");
    if (expirationDays != null && properties.path("timePartitioning") instanceof ObjectNode time) {
      time.put("expirationMs", String.valueOf(millis(expirationDays)));
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

  /** Sets the DDL options that are table properties; others must have been dealt with before. */
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
      case "expiration_timestamp", "partition_expiration_days" -> {
        // Kept elsewhere: the table's own expiry, and inside timePartitioning.
      }
      default -> throw JobFailure.invalidQuery("The option " + name + " is not supported here");
    }
  }

  /** The option's name in the API, for removing it. */
  static String apiName(String option) {
    return switch (option) {
      case "friendly_name" -> "friendlyName";
      case "require_partition_filter" -> "requirePartitionFilter";
      case "max_staleness" -> "maxStaleness";
      default -> option;
    };
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
