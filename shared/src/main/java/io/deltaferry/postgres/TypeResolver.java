package io.deltaferry.postgres;

import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.type.PgType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Resolves type oids on {@code pg_type}: domains to their base, arrays to their element. */
final class TypeResolver {
  private static final String SQL =
      """
      SELECT t.typname, t.typtype::text, t.typbasetype, t.typtypmod, t.typelem,
        t.typcategory = 'A' AND t.typelem <> 0,
        pg_catalog.format_type(t.oid, CASE WHEN t.typtype <> 'd' THEN ? END),
        n.nspname, t.typrelid
      FROM pg_catalog.pg_type AS t
      JOIN pg_catalog.pg_namespace AS n ON n.oid = t.typnamespace
      WHERE t.oid = ?::oid""";

  private static final String MEMBERS =
      """
      SELECT attname, atttypid, atttypmod
      FROM pg_catalog.pg_attribute
      WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped
      ORDER BY attnum""";

  /** Of a range or a multirange. */
  private static final String BOUNDS =
      "SELECT rngsubtype FROM pg_catalog.pg_range WHERE %s = ?::oid";

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
      return base.shownAs(row.display());
    }
    return new PgType(
        kind(row),
        PgIdentifier.quote(row.schema()),
        row.name(),
        key.modifier(),
        row.display(),
        element(key, row),
        row.kind().equals("c") ? members(row.relation()) : List.of());
  }

  private @Nullable PgType element(Key key, TypeRow row) throws SQLException {
    if (row.isArray()) {
      return resolve(row.element(), key.modifier());
    }
    return switch (row.kind()) {
      case "r" -> bounds(key.oid(), "rngtypid");
      case "m" -> bounds(key.oid(), "rngmultitypid");
      default -> null;
    };
  }

  private PgType bounds(long range, String column) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BOUNDS.formatted(column))) {
      statement.setLong(1, range);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw dropped(range);
        }
        return resolve(row.getLong(1), -1);
      }
    }
  }

  private static SQLException dropped(long oid) {
    return new SQLException("type " + oid + " was dropped meanwhile", "40001");
  }

  /** No composite type is a member of itself, at whatever depth: PostgreSQL refuses that. */
  private List<PgType.Member> members(long relation) throws SQLException {
    List<PgType.Member> members = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(MEMBERS)) {
      statement.setLong(1, relation);
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          String name = row.getString(1);
          members.add(
              new PgType.Member(
                  name, PgIdentifier.quote(name), resolve(row.getLong(2), row.getInt(3))));
        }
      }
    }
    return members;
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
          throw dropped(key.oid());
        }
        return new TypeRow(
            row.getString(1),
            row.getString(2),
            row.getLong(3),
            row.getInt(4),
            row.getLong(5),
            row.getBoolean(6),
            row.getString(7),
            row.getString(8),
            row.getLong(9));
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
      @Nullable String formatted,
      String schema,
      long relation) {
    String display() {
      return formatted == null ? name : formatted;
    }
  }
}
