package io.deltaferry.table;

import io.deltaferry.config.Section;
import io.deltaferry.config.Setting;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads column names, which stand exactly as the catalog holds them: no quotes, no folding. */
final class ColumnNames {
  private ColumnNames() {}

  static Optional<String> one(Setting setting) {
    if (tooLong(setting.value())) {
      setting.refuse("is longer than any PostgreSQL column name (63 bytes)");
      return Optional.empty();
    }
    return Optional.of(setting.value());
  }

  /** The names listed at that key, each once; empty without the key. */
  static List<String> list(Section section, String key) {
    List<String> names = new ArrayList<>();
    for (Setting element : section.texts(key).orElse(List.of())) {
      one(element).ifPresent(name -> add(names, name, element));
    }
    return names;
  }

  static boolean tooLong(String name) {
    return name.getBytes(StandardCharsets.UTF_8).length > PostgresName.MAX_BYTES;
  }

  private static void add(List<String> names, String name, Setting element) {
    if (names.contains(name)) {
      element.refuse("is listed twice");
    } else {
      names.add(name);
    }
  }
}
