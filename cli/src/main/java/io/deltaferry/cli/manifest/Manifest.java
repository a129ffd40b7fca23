package io.deltaferry.cli.manifest;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A manifest as it stands.
 *
 * @param connection what {@code connection_info} says of the source: host, port, database, user,
 *     pass
 * @param unknown keys outside of the tables that nobody knows, each with what to say of it
 */
public record Manifest(Map<String, String> connection, List<Table> tables, List<String> unknown) {
  public Manifest {
    connection = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(connection));
    tables = List.copyOf(tables);
    unknown = List.copyOf(unknown);
  }

  /**
   * One table of it.
   *
   * @param values by known key
   * @param unknown as in the manifest
   */
  public record Table(String name, Map<String, String> values, List<String> unknown) {
    public Table {
      values = Map.copyOf(values);
      unknown = List.copyOf(unknown);
    }

    @Nullable String value(String key) {
      return values.get(key);
    }

    String value(String key, String otherwise) {
      return values.getOrDefault(key, otherwise);
    }
  }
}
