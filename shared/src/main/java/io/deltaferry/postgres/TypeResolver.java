package io.deltaferry.postgres;

import io.deltaferry.type.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves type oids on {@code pg_type}: domains to their base, arrays to their element. */
final class TypeResolver {
  private static final String SQL =
      """
      SELECT typname, typtype::text, typbasetype, typtypmod, typelem,
        typcategory = 'A' AND typelem <> 0,
        pg_catalog.format_type(oid, CASE WHEN typtype <> 'd' THEN ? END)
      FROM pg_catalog.pg_type
      WHERE oid = ?::oid""";

  private final Connection connection;
  private final Map<Key, PgType> known = new HashMap<>();

  TypeResolver(Connection connection) {
    this.connection = connection;
  }

  /**
   * The type behind an oid.
   *
   * @param modifier {@code atttypmod}
   */
  PgType resolve(long oid, int modifier) throws SQLException {
    Key key = new Key(oid, modifier);
    PgType type = known.get(key);
    if (type == null) {
      type = read(key);
      known.put(key, type);
    }
    return type;
  }

  private PgType read(Key key) throws SQLException {
    TypeRow row = row(key);
    if (row.kind().equals("d")) {
      PgType base =
          resolve(row.base(), row.baseModifier() == -1 ? key.modifier() : row.baseModifier());
      return new PgType(base.kind(), base.name(), base.modifier(), row.display(), base.element());
    }
    PgType element = row.isArray() ? resolve(row.element(), key.modifier()) : null;
    return new PgType(kind(row), row.name(), key.modifier(), row.display(), element);
  }

  private static PgType.Kind kind(TypeRow row) {
    if (row.isArray()) {
      return PgType.Kind.ARRAY;
    }
    return switch (row.kind()) {
      case "b" -> PgType.Kind.BASE;
      case "c" -> PgType.Kind.COMPOSITE;
      case "e" -> PgType.Kind.ENUM;
      case "r" -> PgType.Kind.RANGE;
      case "m" -> PgType.Kind.MULTIRANGE;
      default -> PgType.Kind.PSEUDO;
    };
  }

  private TypeRow row(Key key) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SQL)) {
      statement.setInt(1, key.modifier());
      statement.setLong(2, key.oid());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new SQLException("type " + key.oid() + " was dropped meanwhile", "40001");
        }
        return new TypeRow(
            row.getString(1),
            row.getString(2),
            row.getLong(3),
            row.getInt(4),
            row.getLong(5),
            row.getBoolean(6),
            row.getString(7));
      }
    }
  }

  private record Key(long oid, int modifier) {}

  private record TypeRow(
      String name,
      String kind,
      long base,
      int baseModifier,
      long element,
      boolean isArray,
      @Nullable String formatted) {
    String display() {
      return formatted == null ? name : formatted;
    }
  }
}
