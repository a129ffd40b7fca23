package io.deltaferry.postgres;

import com.google.common.hash.Hashing;
import io.deltaferry.table.Column;
import io.deltaferry.type.PgType;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A hash that changes when a column does. */
final class Fingerprint {
  private Fingerprint() {}

  /**
   * SHA-256 over names, types with their members, and nullability, in order; NUL, which no name
   * has, separates.
   */
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
      members(text, column.type());
    }
    return Hashing.sha256().hashString(text, StandardCharsets.UTF_8).toString();
  }

  /** A composite type keeps its name when its members change. */
  private static void members(StringBuilder text, PgType type) {
    if (type.element() != null) {
      members(text, type.element());
    }
    for (PgType.Member member : type.members()) {
      text.append(member.name()).append('\0').append(member.type().display()).append('\0');
      members(text, member.type());
    }
  }
}
