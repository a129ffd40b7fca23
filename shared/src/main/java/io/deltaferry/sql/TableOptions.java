package io.deltaferry.sql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a statement that makes a table or a view says of it beside its columns. */
final class TableOptions {
  private TableOptions() {}

  /** Description and labels, an option each. */
  static List<String> of(String description, Map<String, String> labels) {
    return List.of(
        "description = " + text(description),
        new TreeMap<>(labels)
            .entrySet().stream()
                .map(label -> "(" + text(label.getKey()) + ", " + text(label.getValue()) + ")")
                .collect(Collectors.joining(", ", "labels = [", "]")));
  }

  /** A text as a literal in one line. */
  static String text(String value) {
    return '"'
        + value
            .replace("\\", "\\\\")
            .replace("\"", "\\\"")
            .replace("\r", "\\r")
            .replace("\n", "\\n")
        + '"';
  }
}
