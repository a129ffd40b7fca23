package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the writer of an object says about it and may change later.
 *
 * @param fields the fixed fields that are set, such as {@code contentType}
 * @param metadata the writer's own keys and values
 */
public record ObjectAttributes(Map<String, String> fields, Map<String, String> metadata) {
  private static final List<String> FIELDS =
      List.of(
          "contentType",
          "contentEncoding",
          "contentDisposition",
          "contentLanguage",
          "cacheControl",
          "customTime",
          "storageClass");

  // Accepting these and not keeping their promise would be worse than refusing them.
  private static final List<String> UNSUPPORTED =
      List.of(
          "acl",
          "temporaryHold",
          "eventBasedHold",
          "retention",
          "kmsKeyName",
          "customerEncryption");

  public ObjectAttributes {
    fields = Collections.unmodifiableMap(new TreeMap<>(fields));
    metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
  }

  /** The attributes of a new object, from the resource its writer sent. */
  static ObjectAttributes of(JsonNode resource) {
    return new ObjectAttributes(Map.of(), Map.of()).merged(resource);
  }

  /** With the fields a patch names changed, and those it sets to null removed. */
  ObjectAttributes merged(JsonNode patch) {
    for (String field : UNSUPPORTED) {
      if (patch.has(field) && Refusals.isPromise(patch.get(field))) {
        throw Refusals.unsupported("the object field " + field);
      }
    }
    Map<String, String> mergedFields = new TreeMap<>(fields);
    FIELDS.stream().filter(patch::has).forEach(field -> set(mergedFields, field, patch.get(field)));
    return new ObjectAttributes(mergedFields, mergedMetadata(patch));
  }

  private Map<String, String> mergedMetadata(JsonNode patch) {
    if (!patch.has("metadata")) {
      return metadata;
    }
    JsonNode changes = patch.get("metadata");
    Map<String, String> merged = new TreeMap<>();
    if (changes.isObject()) {
      merged.putAll(metadata);
      changes.properties().forEach(entry -> set(merged, entry.getKey(), entry.getValue()));
    } else if (!changes.isNull()) {
      throw GoogleError.invalid("metadata must be an object of strings");
    }
    return merged;
  }

  private static void set(Map<String, String> target, String key, JsonNode value) {
    if (value.isNull()) {
      target.remove(key);
    } else if (value.isValueNode()) {
      target.put(key, value.asText());
    } else {
      throw GoogleError.invalid(key + " must be a string");
    }
  }

  /** A fixed field, such as {@code contentEncoding}. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(fields.get(name));
  }

  void writeTo(ObjectNode resource) {
    resource.put("storageClass", "STANDARD");
    fields.forEach(resource::put);
    if (!metadata.isEmpty()) {
      ObjectNode own = resource.putObject("metadata");
      metadata.forEach(own::put);
    }
  }
}
