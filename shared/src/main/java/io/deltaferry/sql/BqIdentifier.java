package io.deltaferry.sql;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A name or a path of names in BigQuery; the only place that quotes one.
 *
 * @param parts such as project, dataset, table
 */
public record BqIdentifier(List<String> parts) {
  public BqIdentifier {
    parts = List.copyOf(parts);
    if (parts.isEmpty() || parts.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a BigQuery path has parts, and none is empty");
    }
  }

  public static BqIdentifier of(String... parts) {
    return new BqIdentifier(List.of(parts));
  }

  /** As GoogleSQL text, each part in backticks of its own. */
  public String sql() {
    return parts.stream().map(BqIdentifier::quote).collect(Collectors.joining("."));
  }

  /** One name as GoogleSQL text: GoogleSQL escapes with backslashes, not by doubling. */
  public static String quote(String name) {
    return '`' + name.replace("\\", "\\\\").replace("`", "\\`") + '`';
  }

  @Override
  public String toString() {
    return sql();
  }
}
