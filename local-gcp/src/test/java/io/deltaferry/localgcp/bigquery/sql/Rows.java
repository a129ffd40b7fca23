package io.deltaferry.localgcp.bigquery.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Test tables: lines {@code input => expected}. */
final class Rows {
  private Rows() {}

  static Stream<Arguments> of(String name) {
    try (InputStream in = Rows.class.getResourceAsStream(name)) {
      byte[] bytes = Objects.requireNonNull(in, name).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(line -> Arguments.of(part(line, 0), part(line, 1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String part(String line, int index) {
    return line.split(" => ", 2)[index];
  }
}
