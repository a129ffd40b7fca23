package io.deltaferry.table;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people have written about a source.
 *
 * @param table null for nothing
 * @param columns by name; one without a comment is absent
 */
public record Comments(@Nullable String table, Map<String, String> columns) {
  public static final Comments NONE = new Comments(null, Map.of());

  public Comments {
    columns = Map.copyOf(columns);
  }
}
