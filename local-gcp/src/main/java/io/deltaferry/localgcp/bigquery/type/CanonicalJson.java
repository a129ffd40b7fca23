package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Iterator;
import java.util.Optional;

/**
 * Values given as JSON, checked against their field and brought into one form: scalars as text (see
 * {@link CanonicalText}), lists as arrays, structs as objects with every member present.
 */
final class CanonicalJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final boolean ignoreUnknown;

  /**
   * @param ignoreUnknown whether members that no field has are dropped instead of refused
   */
  CanonicalJson(boolean ignoreUnknown) {
    this.ignoreUnknown = ignoreUnknown;
  }

  JsonNode of(FieldSchema field, JsonNode value, String location) throws FieldRefusedException {
    if (field.isRepeated()) {
      return list(field.withMode(FieldMode.REQUIRED), value, location);
    }
    if (value.isNull() || value.isMissingNode()) {
      if (field.mode() == FieldMode.REQUIRED) {
        throw new FieldRefusedException(location, "Missing required field: " + location + ".");
      }
      return NODES.nullNode();
    }
    return field.type() == BigQueryType.STRUCT
        ? struct(field, value, location)
        : scalar(field, value, location);
  }

  /** A missing or null list is the empty one; its elements are never null. */
  private ArrayNode list(FieldSchema element, JsonNode value, String location)
      throws FieldRefusedException {
    ArrayNode list = NODES.arrayNode();
    if (value.isNull() || value.isMissingNode()) {
      return list;
    }
    if (!value.isArray()) {
      throw new FieldRefusedException(
          location, "Repeated field must be given as an array: " + location + ".");
    }
    for (JsonNode item : value) {
      if (item.isNull()) {
        throw new FieldRefusedException(
            location, "Only optional fields can be set to NULL. Field: " + location);
      }
      list.add(of(element, item, location));
    }
    return list;
  }

  private ObjectNode struct(FieldSchema field, JsonNode value, String location)
      throws FieldRefusedException {
    if (!value.isObject()) {
      throw new FieldRefusedException(location, "This field: " + location + " is a record.");
    }
    return members(new TableSchema(field.fields()), value, location + ".");
  }

  /** The members of a struct, or the columns of a row; names match without regard to case. */
  ObjectNode members(TableSchema schema, JsonNode value, String prefix)
      throws FieldRefusedException {
    ObjectNode given = NODES.objectNode();
    for (Iterator<String> names = value.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      Optional<FieldSchema> field = schema.field(name);
      if (field.isPresent()) {
        given.set(field.get().name(), value.get(name));
      } else if (!ignoreUnknown) {
        throw new FieldRefusedException(prefix + name, "no such field: " + prefix + name + ".");
      }
    }
    ObjectNode members = NODES.objectNode();
    for (FieldSchema field : schema.fields()) {
      String name = field.name();
      members.set(name, of(field, given.path(name), prefix + name));
    }
    return members;
  }

  private static TextNode scalar(FieldSchema field, JsonNode value, String location)
      throws FieldRefusedException {
    boolean plainJson = field.type() == BigQueryType.JSON && value.isTextual();
    if (value.isContainerNode() && field.type() != BigQueryType.JSON) {
      throw new FieldRefusedException(
          location,
          value.isArray()
              ? "Array specified for non-repeated field: " + location + "."
              : "This field: " + location + " is not a record.");
    }
    String text = plainJson || !value.isContainerNode() ? value.asText() : value.toString();
    try {
      boolean seconds = field.type() == BigQueryType.TIMESTAMP && value.isNumber();
      return NODES.textNode(
          seconds
              ? CanonicalText.epochSeconds(value.decimalValue())
              : CanonicalText.of(field, text));
    } catch (InvalidValueException e) {
      throw new FieldRefusedException(
          location, "Cannot convert value to " + field.type() + ": " + e.getMessage());
    }
  }
}
