package io.deltaferry.localgcp.bigquery.job;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.util.Map;
import java.util.Set;

/**
 * The settings of one kind of job that mean something here.
 *
 * @param kind their place in the configuration, such as {@code load}
 */
record KnownSettings(String kind, Set<String> names) {
  KnownSettings {
    names = Set.copyOf(names);
  }

  /**
   * Refuses what asks for something that nobody here would do.
   *
   * @throws GoogleError notImplemented
   */
  void refuseOthers(JsonNode configuration) {
    for (Map.Entry<String, JsonNode> setting : configuration.properties()) {
      if (!names.contains(setting.getKey()) && !asksNothing(setting.getValue())) {
        throw new GoogleError(
            501, "notImplemented", kind + "." + setting.getKey() + " is not supported here");
      }
    }
  }

  private static boolean asksNothing(JsonNode value) {
    return value.isNull()
        || (value.isContainerNode() && value.isEmpty())
        || (value.isBoolean() && !value.asBoolean());
  }
}
