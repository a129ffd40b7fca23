package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** JSON trees: what was kept comes back, and the API's PATCH. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Json() {}

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }

  /** Reads an object this endpoint wrote itself. */
  public static ObjectNode object(String text) {
    try {
      return (ObjectNode) MAPPER.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a kept document is not JSON; the data file is damaged", e);
    }
  }

  /** What a Java value (map, list, text, number) is as JSON. */
  public static JsonNode of(Object value) {
    return MAPPER.valueToTree(value);
  }

  /**
   * PATCH as Google's APIs do it: objects are merged key by key, null removes, anything else
   * replaces. Changes {@code target}.
   */
  public static void patch(ObjectNode target, JsonNode changes) {
    for (Map.Entry<String, JsonNode> change : changes.properties()) {
      JsonNode value = change.getValue();
      if (value.isNull()) {
        target.remove(change.getKey());
      } else if (value.isObject() && target.get(change.getKey()) instanceof ObjectNode inner) {
        patch(inner, value);
      } else if (value.isObject()) {
        ObjectNode inner = object();
        patch(inner, value);
        target.set(change.getKey(), inner);
      } else {
        target.set(change.getKey(), value);
      }
    }
  }
}
