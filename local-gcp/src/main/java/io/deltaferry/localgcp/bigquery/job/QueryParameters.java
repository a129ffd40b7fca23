package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.bigquery.sql.Binding;
import io.deltaferry.localgcp.bigquery.type.QueryParameter;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of a query: GoogleSQL types for the translator, texts for DuckDB. */
final class QueryParameters {
  private final Map<String, QueryParameter> named = new LinkedHashMap<>();
  private final List<QueryParameter> positional = new ArrayList<>();

  /**
   * Reads {@code parameterMode} and {@code queryParameters}.
   *
   * @throws GoogleError invalid for a value that is none of its type's
   */
  QueryParameters(JsonNode query) {
    boolean byName = query.path("parameterMode").asText("").equalsIgnoreCase("NAMED");
    for (JsonNode node : query.path("queryParameters")) {
      QueryParameter parameter = QueryParameter.read(node);
      if (byName || !parameter.name().isEmpty()) {
        named.put(parameter.name().toLowerCase(Locale.ROOT), parameter);
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
        .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().googleSqlType()));
  }

  List<String> positionalTypes() {
    return positional.stream().map(QueryParameter::googleSqlType).toList();
  }

  /** The text bound for one {@code ?}; null is NULL. */
  @Nullable String value(Binding binding, long rowCount) {
    if (binding instanceof Binding.Named byName) {
      QueryParameter parameter = named.get(byName.name());
      if (parameter == null) {
        throw JobFailure.invalidQuery("Query parameter '" + byName.name() + "' not found");
      }
      return parameter.text().orElse(null);
    }
    if (binding instanceof Binding.Positional byPosition) {
      if (byPosition.index() >= positional.size()) {
        throw JobFailure.invalidQuery(
            "Query parameter number " + (byPosition.index() + 1) + " not found");
      }
      return positional.get(byPosition.index()).text().orElse(null);
    }
    return String.valueOf(rowCount);
  }
}
