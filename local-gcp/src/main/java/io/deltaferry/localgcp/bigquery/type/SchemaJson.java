package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Schemas in the REST API's own form: {@code {"fields":[{"name":..,"type":..,"mode":..}]}}. */
public final class SchemaJson {
  private static final Set<String> KNOWN =
      Set.of(
          "name",
          "type",
          "mode",
          "fields",
          "description",
          "precision",
          "scale",
          "maxLength",
          "defaultValueExpression",
          "roundingMode");

  private SchemaJson() {}

  /**
   * Reads a schema; a missing one is empty.
   *
   * @throws GoogleError {@code invalid} for an unknown type, mode or property; names are checked by
   *     {@link TableSchema#checked}
   */
  public static TableSchema read(JsonNode schema) {
    return new TableSchema(readFields(schema.path("fields")));
  }

  private static List<FieldSchema> readFields(JsonNode array) {
    List<FieldSchema> fields = new ArrayList<>();
    for (JsonNode node : array) {
      fields.add(readField(node));
    }
    return fields;
  }

  /** Reads one element of {@code fields}. */
  public static FieldSchema readField(JsonNode node) {
    String name = node.path("name").asText();
    refuseUnknown(name, node);
    String type = text(node, "type");
    if (type == null) {
      throw GoogleError.invalid("Schema field " + name + " has no type");
    }
    Long precision = number(node, "precision");
    Long scale = number(node, "scale");
    return new FieldSchema(
        name,
        BigQueryType.parse(type),
        mode(text(node, "mode")),
        readFields(node.path("fields")),
        precision == null ? null : Math.toIntExact(precision),
        scale == null ? null : Math.toIntExact(scale),
        number(node, "maxLength"),
        text(node, "description"),
        text(node, "defaultValueExpression"));
  }

  /** What is silently dropped here would be silently missing in the table. */
  private static void refuseUnknown(String name, JsonNode node) {
    node.fieldNames()
        .forEachRemaining(
            key -> {
              JsonNode value = node.path(key);
              boolean nothing = value.isNull() || (value.isContainerNode() && value.isEmpty());
              if (!KNOWN.contains(key) && !nothing) {
                throw GoogleError.invalid(
                    "Field " + name + ": the property " + key + " is not supported here");
              }
            });
    String rounding = text(node, "roundingMode");
    if ("ROUND_HALF_EVEN".equals(rounding)) {
      throw GoogleError.invalid("Field " + name + ": ROUND_HALF_EVEN is not supported here");
    }
  }

  private static FieldMode mode(@Nullable String mode) {
    if (mode == null || mode.isEmpty()) {
      return FieldMode.NULLABLE;
    }
    try {
      return FieldMode.valueOf(mode.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw GoogleError.invalid("Invalid value for mode: " + mode + " is not a valid value");
    }
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.hasNonNull(key) ? node.get(key).asText() : null;
  }

  /** A 64-bit integer, which the API writes as a string. */
  private static @Nullable Long number(JsonNode node, String key) {
    String text = text(node, key);
    if (text == null) {
      return null;
    }
    try {
      long value = Long.parseLong(text);
      return value == Math.toIntExact(value) || key.equals("maxLength") ? value : null;
    } catch (NumberFormatException | ArithmeticException e) {
      throw GoogleError.invalid("Invalid value for " + key + ": " + text);
    }
  }

  /** Writes {@code {"fields":[..]}} as the API does: old type names, numbers as strings. */
  public static ObjectNode write(TableSchema schema) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.set("fields", writeFields(schema.fields()));
    return node;
  }

  private static ArrayNode writeFields(List<FieldSchema> fields) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    fields.forEach(field -> array.add(writeField(field)));
    return array;
  }

  private static ObjectNode writeField(FieldSchema field) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("name", field.name());
    node.put("type", field.type().restName());
    node.put("mode", field.mode().name());
    putIfPresent(node, "description", field.description());
    putIfPresent(node, "precision", field.precision());
    putIfPresent(node, "scale", field.scale());
    putIfPresent(node, "maxLength", field.maxLength());
    putIfPresent(node, "defaultValueExpression", field.defaultValueExpression());
    if (!field.fields().isEmpty()) {
      node.set("fields", writeFields(field.fields()));
    }
    return node;
  }

  private static void putIfPresent(ObjectNode node, String key, @Nullable Object value) {
    if (value != null) {
      node.put(key, value.toString());
    }
  }
}
