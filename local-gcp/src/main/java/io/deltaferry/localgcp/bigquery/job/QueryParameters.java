package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.deltaferry.localgcp.bigquery.catalog.Json;
import io.deltaferry.localgcp.bigquery.sql.Binding;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The parameters of a query: GoogleSQL types for the translator, texts for DuckDB. */
final class QueryParameters {
  private final Map<String, JsonNode> named = new LinkedHashMap<>();
  private final List<JsonNode> positional = new ArrayList<>();

  QueryParameters(JsonNode query) {
    boolean byName = query.path("parameterMode").asText("").equalsIgnoreCase("NAMED");
    for (JsonNode parameter : query.path("queryParameters")) {
      String name = parameter.path("name").asText("");
      if (byName || !name.isEmpty()) {
        named.put(name.toLowerCase(Locale.ROOT), parameter);
      } else {
        positional.add(parameter);
      }
    }
    if (!named.isEmpty() && !positional.isEmpty()) {
      throw GoogleError.invalid("Named and positional parameters cannot be mixed in one query");
    }
  }

  Map<String, String> namedTypes() {
    return named.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> type(entry.getValue().path("parameterType"))));
  }

  List<String> positionalTypes() {
    return positional.stream().map(parameter -> type(parameter.path("parameterType"))).toList();
  }

  private static String type(JsonNode type) {
    String name = type.path("type").asText("").toUpperCase(Locale.ROOT);
    if (name.equals("ARRAY")) {
      return "ARRAY<" + type(type.path("arrayType")) + ">";
    }
    if (name.equals("STRUCT")) {
      return StreamSupport.stream(type.path("structTypes").spliterator(), false)
          .map(member -> member.path("name").asText() + " " + type(member.path("type")))
          .collect(Collectors.joining(", ", "STRUCT<", ">"));
    }
    if (name.isEmpty()) {
      throw new GoogleError(400, "required", "Required parameter is missing: parameterType.type");
    }
    return name;
  }

  /** The text bound for one {@code ?}; null is NULL. */
  @Nullable String value(Binding binding, long rowCount) {
    if (binding instanceof Binding.Named byName) {
      JsonNode parameter = named.get(byName.name());
      if (parameter == null) {
        throw JobFailure.invalidQuery("Query parameter '" + byName.name() + "' not found");
      }
      return text(parameter);
    }
    if (binding instanceof Binding.Positional byPosition) {
      if (byPosition.index() >= positional.size()) {
        throw JobFailure.invalidQuery(
            "Query parameter number " + (byPosition.index() + 1) + " not found");
      }
      return text(positional.get(byPosition.index()));
    }
    return String.valueOf(rowCount);
  }

  private static @Nullable String text(JsonNode parameter) {
    JsonNode value = json(parameter.path("parameterType"), parameter.path("parameterValue"));
    return value == null ? null : value.isTextual() ? value.asText() : value.toString();
  }

  private static @Nullable JsonNode json(JsonNode type, JsonNode value) {
    String name = type.path("type").asText("").toUpperCase(Locale.ROOT);
    if (name.equals("ARRAY")) {
      // An array parameter without elements comes without arrayValues: it is empty, not NULL.
      ArrayNode array = (ArrayNode) Json.of(List.of());
      value.path("arrayValues").forEach(v -> array.add(json(type.path("arrayType"), v)));
      return array;
    }
    if (name.equals("STRUCT")) {
      ObjectNode struct = Json.object();
      for (JsonNode member : type.path("structTypes")) {
        String field = member.path("name").asText();
        struct.set(field, json(member.path("type"), value.path("structValues").path(field)));
      }
      return struct;
    }
    return value.hasNonNull("value") ? TextNode.valueOf(value.path("value").asText()) : null;
  }
}
