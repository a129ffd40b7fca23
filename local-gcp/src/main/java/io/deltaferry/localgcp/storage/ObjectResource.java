package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** An object as JSON: the API's resource, which is also how it is kept on disk. */
final class ObjectResource {
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private ObjectResource() {}

  /** What a caller sent, which must be a JSON object. */
  static ObjectNode of(JsonNode json) {
    if (json instanceof ObjectNode resource) {
      return resource;
    }
    throw GoogleError.invalid("the body must be a JSON object");
  }

  static ObjectNode write(StoredObject object, String baseUrl) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "storage#object");
    json.put("id", object.bucket() + "/" + object.name() + "/" + object.generation());
    String path = "/storage/v1/b/" + object.bucket() + "/o/" + encode(object.name());
    json.put("selfLink", baseUrl + path);
    json.put(
        "mediaLink",
        baseUrl + "/download" + path + "?generation=" + object.generation() + "&alt=media");
    json.put("name", object.name());
    json.put("bucket", object.bucket());
    json.put("generation", Long.toString(object.generation()));
    json.put("metageneration", Long.toString(object.metageneration()));
    object.attributes().writeTo(json);
    json.put("size", Long.toString(object.size()));
    json.put("crc32c", object.crc32c());
    if (object.md5() != null) {
      json.put("md5Hash", object.md5());
    }
    if (object.componentCount() > 0) {
      json.put("componentCount", object.componentCount());
    }
    json.put("etag", object.etag());
    json.put("timeCreated", time(object.created()));
    json.put("updated", time(object.updated()));
    json.put("timeStorageClassUpdated", time(object.created()));
    json.put("timeFinalized", time(object.created()));
    return json;
  }

  static StoredObject read(JsonNode json) {
    return new StoredObject(
        json.get("bucket").asText(),
        json.get("name").asText(),
        json.get("generation").asLong(),
        json.get("metageneration").asLong(),
        json.get("size").asLong(),
        json.get("crc32c").asText(),
        json.has("md5Hash") ? json.get("md5Hash").asText() : null,
        json.path("componentCount").asInt(0),
        Instant.parse(json.get("timeCreated").asText()),
        Instant.parse(json.get("updated").asText()),
        ObjectAttributes.of(json));
  }

  static String time(Instant instant) {
    return MILLIS.format(instant);
  }

  /** A name as one segment of a path. */
  static String encode(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
