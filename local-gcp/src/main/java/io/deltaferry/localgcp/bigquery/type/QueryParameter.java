package io.deltaferry.localgcp.bigquery.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One of a query's {@code queryParameters}, checked.
 *
 * @param name empty for a positional one
 * @param type its type as a field; an array is REPEATED
 * @param value canonical: text, array, object, or JSON null
 */
public record QueryParameter(String name, FieldSchema type, JsonNode value) {

  /**
   * Reads one element of {@code queryParameters}.
   *
   * @throws GoogleError {@code invalid} when the type is unknown or the value is none of its values
   */
  public static QueryParameter read(JsonNode parameter) {
    String name = parameter.path("name").asText("");
    FieldSchema type = type(name, parameter.path("parameterType"));
    JsonNode plain = plain(type, parameter.path("parameterValue"));
    try {
      return new QueryParameter(name, type, new CanonicalJson(false).of(type, plain, name));
    } catch (FieldRefusedException e) {
      throw GoogleError.invalid(
          "Invalid value for query parameter " + name + ": " + e.getMessage());
    }
  }

  private static FieldSchema type(String name, JsonNode type) {
    String word = type.path("type").asText("");
    if (word.isEmpty()) {
      throw new GoogleError(400, "required", "Required parameter is missing: parameterType.type");
    }
    if (word.equalsIgnoreCase("ARRAY")) {
      return type(name, type.path("arrayType")).withMode(FieldMode.REPEATED);
    }
    if (word.equalsIgnoreCase("STRUCT")) {
      List<FieldSchema> members = new ArrayList<>();
      type.path("structTypes")
          .forEach(member -> members.add(type(member.path("name").asText(), member.path("type"))));
      return FieldSchema.struct(name, FieldMode.NULLABLE, members);
    }
    return FieldSchema.nullable(name, BigQueryType.parse(word));
  }

  /** From {@code value}, {@code arrayValues} and {@code structValues} to plain JSON. */
  private static JsonNode plain(FieldSchema type, JsonNode value) {
    if (type.isRepeated()) {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      FieldSchema element = type.withMode(FieldMode.NULLABLE);
      value.path("arrayValues").forEach(item -> array.add(plain(element, item)));
      return array;
    }
    if (type.type() == BigQueryType.STRUCT) {
      ObjectNode struct = JsonNodeFactory.instance.objectNode();
      for (FieldSchema member : type.fields()) {
        struct.set(member.name(), plain(member, value.path("structValues").path(member.name())));
      }
      return struct;
    }
    return value.hasNonNull("value") ? value.get("value") : JsonNodeFactory.instance.nullNode();
  }

  /** The type in GoogleSQL's words. */
  public String googleSqlType() {
    return GoogleSqlTypes.write(type);
  }

  /**
   * The text to bind: a scalar's own, JSON with text scalars for arrays and structs; empty for
   * NULL. BYTES is base64, TIMESTAMP {@code 2024-01-02 03:04:05.123456+00}, DATETIME has a {@code
   * T}.
   */
  public Optional<String> text() {
    if (value.isNull()) {
      return Optional.empty();
    }
    return Optional.of(value.isTextual() ? value.asText() : value.toString());
  }
}
