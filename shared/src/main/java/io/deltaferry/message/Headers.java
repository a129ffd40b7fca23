package io.deltaferry.message;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** HTTP headers, found without regard to case; of repeated ones the first counts. */
final class Headers {
  private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  Headers(Map<String, List<String>> headers) {
    headers.forEach(
        (name, all) -> {
          if (!all.isEmpty()) {
            values.putIfAbsent(name, all.get(0));
          }
        });
  }

  Optional<String> value(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The content type without parameters, in lower case; empty text without one. */
  String contentType() {
    return value("content-type").orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
