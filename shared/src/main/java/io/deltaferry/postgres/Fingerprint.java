package io.deltaferry.postgres;

import io.deltaferry.table.Column;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(text.toString().getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
