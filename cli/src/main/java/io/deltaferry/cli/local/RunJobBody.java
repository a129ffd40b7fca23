package io.deltaferry.cli.local;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The body of a call that starts an execution: variables for the job's one container. Cloud Run
 * knows more than that; what this machine would not do it refuses.
 */
final class RunJobBody {
  private static final int LONGEST_VALUE = 32_768;

  /** Cloud Run sets these itself. */
  private static final Pattern RESERVED =
      Pattern.compile("PORT|K_(SERVICE|REVISION|CONFIGURATION)|CLOUD_RUN_.*|X_GOOGLE_.*");

  private RunJobBody() {}

  /**
   * The variables.
   *
   * @throws GoogleError 400 for anything else
   */
  static Map<String, String> variables(JsonNode body) {
    JsonNode overrides = only(body, "overrides");
    JsonNode containers = only(overrides, "containerOverrides");
    if (containers.size() != 1) {
      throw GoogleError.invalid("overrides.container_overrides: the job has one container");
    }
    Map<String, String> variables = new LinkedHashMap<>();
    for (JsonNode variable : only(containers.get(0), "env")) {
      refuseOthers(variable, Set.of("name", "value"));
      String name = text(variable, "name");
      if (RESERVED.matcher(name).matches() || variables.containsKey(name)) {
        throw GoogleError.invalid("env: " + name + " is reserved, or stands there twice");
      }
      variables.put(name, text(variable, "value"));
    }
    return variables;
  }

  private static JsonNode only(JsonNode parent, String field) {
    refuseOthers(parent, Set.of(field));
    if (!parent.path(field).isContainerNode()) {
      throw GoogleError.invalid(field + " is missing");
    }
    return parent.path(field);
  }

  private static void refuseOthers(JsonNode node, Set<String> known) {
    for (Iterator<String> names = node.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw GoogleError.invalid(
            "Invalid JSON payload received. Unknown name \"" + name + "\": Cannot find field.");
      }
    }
  }

  private static String text(JsonNode variable, String field) {
    JsonNode value = variable.path(field);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw GoogleError.invalid("env: " + field + " must be text that is not empty");
    }
    if (value.asText().length() > LONGEST_VALUE) {
      throw GoogleError.invalid("env: a value has at most " + LONGEST_VALUE + " characters");
    }
    return value.asText();
  }
}
