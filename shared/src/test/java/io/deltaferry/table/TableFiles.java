package io.deltaferry.table;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The table files of the tests. */
final class TableFiles {
  private TableFiles() {}

  static String text(String name) {
    try (InputStream file =
        Objects.requireNonNull(TableFiles.class.getResourceAsStream(name), name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
