package io.deltaferry.postgres;

import com.google.common.hash.Hashing;
import io.deltaferry.table.Column;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A hash that changes when a column does. */
final class Fingerprint {
  private Fingerprint() {}

  /** SHA-256 over names, types and nullability, in order; NUL, which no name has, separates. */
  static String of(List<Column> columns) {
    StringBuilder text = new StringBuilder();
    for (Column column : columns) {
      text.append(column.name())
          .append('\0')
          .append(column.type().display())
          .append('\0')
          .append(column.type().name())
          .append('\0')
          .append(column.nullable())
          .append('\0');
    }
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }
}
