package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;

/** A bucket as JSON: what its creator asked for is kept, what only looks kept is refused. */
final class BucketResource {
  private static final Set<String> OURS =
      Set.of(
          "kind",
          "id",
          "selfLink",
          "name",
          "projectNumber",
          "metageneration",
          "etag",
          "timeCreated",
          "updated",
          "location",
          "locationType",
          "project");

  /** Kept and shown; their rules are not carried out by a local bucket. */
  private static final Set<String> KEPT =
      Set.of(
          "labels",
          "lifecycle",
          "storageClass",
          "iamConfiguration",
          "cors",
          "website",
          "logging",
          "softDeletePolicy",
          "autoclass",
          "rpo",
          "acl",
          "defaultObjectAcl",
          "owner",
          "satisfiesPZS",
          "satisfiesPZI",
          "generation");

  private BucketResource() {}

  static ObjectNode create(ObjectNode asked, String project, Instant now) {
    ObjectNode resource = JsonNodeFactory.instance.objectNode();
    String name = asked.path("name").asText("");
    resource.put("kind", "storage#bucket").put("id", name).put("name", name);
    resource.put("project", project);
    resource.put("projectNumber", projectNumber(project));
    String location = asked.path("location").asText("US").toUpperCase(Locale.ROOT);
    resource.put("location", location);
    boolean multi = List.of("US", "EU", "ASIA").contains(location);
    resource.put("locationType", multi ? "multi-region" : "region");
    resource.put("storageClass", "STANDARD");
    resource.put("metageneration", "1").put("etag", "b1");
    resource.put("timeCreated", ObjectResource.time(now));
    merge(resource, asked);
    resource.put("updated", ObjectResource.time(now));
    return resource;
  }

  static ObjectNode patched(ObjectNode resource, ObjectNode patch, Instant now) {
    merge(resource, patch);
    return resource.put("updated", ObjectResource.time(now));
  }

  static boolean isOf(ObjectNode resource, String project) {
    String number = resource.get("projectNumber").asText();
    return resource.get("project").asText().equals(project) || number.equals(project);
  }

  /** The same number for the same project id, as nothing local hands them out. */
  static String projectNumber(String project) {
    CRC32 crc = new CRC32();
    crc.update(Names.utf8(project));
    return Long.toString(100_000_000_000L + crc.getValue());
  }

  private static void merge(ObjectNode target, ObjectNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      String field = change.getKey();
      if (KEPT.contains(field)) {
        set(target, field, change.getValue());
      } else if (!OURS.contains(field) && Refusals.isPromise(change.getValue())) {
        throw Refusals.unsupported("the bucket field " + field);
      }
    }
  }

  /** A map such as labels is merged key by key; anything else is replaced; null removes. */
  private static void set(ObjectNode target, String field, JsonNode value) {
    if (value.isNull()) {
      target.remove(field);
    } else if (field.equals("labels") && value instanceof ObjectNode labels) {
      ObjectNode merged = target.withObject("/labels");
      labels.properties().forEach(label -> set(merged, label.getKey(), label.getValue()));
    } else if (field.equals("labels")) {
      throw GoogleError.invalid("labels must be an object of strings");
    } else {
      target.set(field, value);
    }
  }
}
