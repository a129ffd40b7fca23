package io.deltaferry.postgres;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.Column;
import io.deltaferry.table.Comments;
import io.deltaferry.table.TableSchema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads the structure of a source from the catalog, as the session sees it. */
public final class CatalogReader {
  private final PostgresSession session;

  public CatalogReader(PostgresSession session) {
    this.session = session;
  }

  /**
   * Columns in order, primary key in key order, fingerprint.
   *
   * @throws DeltaferryException SOURCE_MISSING, SOURCE_QUERY_FAILED, NAME_INVALID (a query with two
   *     columns of one name), SOURCE_UNAVAILABLE
   */
  public TableSchema describe(DeltaSource source) {
    try {
      List<Column> columns;
      List<String> key;
      if (source instanceof PgTable table) {
        Relation relation = relation(table);
        columns = tableColumns(relation);
        key = primaryKey(relation);
      } else {
        columns = new QueryColumns(session).read((PgQuery) source);
        key = List.of();
      }
      return new TableSchema(columns, key, Fingerprint.of(columns));
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the columns of " + source.describe());
    }
  }

  /**
   * What {@code COMMENT ON} has said of a table or view and its columns; nothing of a query.
   *
   * @throws DeltaferryException SOURCE_MISSING, SOURCE_UNAVAILABLE
   */
  public Comments comments(DeltaSource source) {
    if (!(source instanceof PgTable table)) {
      return Comments.NONE;
    }
    String sql =
        """
        SELECT a.attname, d.description
        FROM pg_catalog.pg_description AS d
        LEFT JOIN pg_catalog.pg_attribute AS a ON a.attrelid = d.objoid AND a.attnum = d.objsubid
        WHERE d.objoid = ?::oid AND d.classoid = 'pg_catalog.pg_class'::regclass
          AND (d.objsubid = 0 OR (a.attnum > 0 AND NOT a.attisdropped))""";
    try {
      Map<String, String> columns = new HashMap<>();
      List<String> ofTable = new ArrayList<>();
      query(
          sql,
          relation(table).oid(),
          row ->
              row.getString(1) == null
                  ? ofTable.add(row.getString(2))
                  : columns.put(row.getString(1), row.getString(2)) == null);
      return new Comments(ofTable.isEmpty() ? null : ofTable.get(0), columns);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the comments on " + table.sql());
    }
  }

  /**
   * Whether these columns are NOT NULL and some of them, or all, are the key of a valid unique
   * index without condition.
   *
   * @throws DeltaferryException SOURCE_MISSING, SOURCE_UNAVAILABLE
   */
  public boolean isUnique(PgTable table, Collection<String> columns) {
    try {
      Relation relation = relation(table);
      Set<String> notNull = new HashSet<>();
      for (Column column : tableColumns(relation)) {
        if (!column.nullable()) {
          notNull.add(column.name());
        }
      }
      return notNull.containsAll(columns)
          && uniqueKeys(relation).stream().anyMatch(columns::containsAll);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the indexes of " + table.sql());
    }
  }

  /**
   * The tables that hold the rows of a partitioned table; the table itself when it is not one.
   *
   * @throws DeltaferryException SOURCE_MISSING, SOURCE_UNAVAILABLE
   */
  public List<PgTable> leaves(PgTable table) {
    String sql =
        """
        SELECT n.nspname, c.relname
        FROM pg_catalog.pg_partition_tree(?::oid::regclass) AS t
        JOIN pg_catalog.pg_class AS c ON c.oid = t.relid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE t.isleaf
        ORDER BY n.nspname, c.relname""";
    try {
      Relation relation = relation(table);
      List<PgTable> leaves =
          query(sql, relation.oid(), row -> PgTable.of(row.getString(1), row.getString(2)));
      return relation.isPartitioned() || !leaves.isEmpty() ? leaves : List.of(table);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the partitions of " + table.sql());
    }
  }

  /**
   * What the last ANALYZE or VACUUM knew, over all partitions; the tree of a table that has none is
   * empty.
   *
   * @throws DeltaferryException SOURCE_MISSING, SOURCE_UNAVAILABLE
   */
  public TableEstimate estimate(PgTable table) {
    String sql =
        """
        SELECT
          coalesce(sum(greatest(c.reltuples, 0)), 0)::int8,
          coalesce(sum(c.relpages), 0)::int8,
          coalesce(bool_or(c.reltuples < 0), true)
        FROM (SELECT ?::oid AS oid) AS root
        JOIN pg_catalog.pg_class AS c ON c.relkind <> 'p' AND (c.oid = root.oid
          OR c.oid IN (
            SELECT t.relid FROM pg_catalog.pg_partition_tree(root.oid::regclass) AS t))""";
    try {
      return query(
              sql,
              relation(table).oid(),
              row -> new TableEstimate(row.getLong(1), row.getLong(2), !row.getBoolean(3)))
          .get(0);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the size of " + table.sql());
    }
  }

  /** Whether LOCK TABLE takes it: tables, partitioned tables and views, not foreign tables. */
  boolean isLockable(PgTable table) throws SQLException {
    return Set.of("r", "p", "v").contains(relation(table).kind());
  }

  private Relation relation(PgTable table) throws SQLException {
    String sql =
        """
        SELECT c.oid, c.relkind::text
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'v', 'm', 'f')""";
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      statement.setString(1, table.schema().name());
      statement.setString(2, table.name().name());
      try (ResultSet row = statement.executeQuery()) {
        if (row.next()) {
          return new Relation(row.getLong(1), row.getString(2));
        }
      }
    }
    throw new DeltaferryException(
        ErrorCode.SOURCE_MISSING,
        "the source database has no table or view %s; check the name in the table file, where a"
                .formatted(table.sql())
            + " name with upper case or other signs needs double quotes");
  }

  private List<Column> tableColumns(Relation relation) throws SQLException {
    String sql =
        """
        SELECT attname, atttypid, atttypmod, attnotnull
        FROM pg_catalog.pg_attribute
        WHERE attrelid = ?::oid AND attnum > 0 AND NOT attisdropped
        ORDER BY attnum""";
    TypeResolver types = new TypeResolver(session.connection());
    return query(
        sql,
        relation.oid(),
        row ->
            new Column(
                row.getString(1),
                types.resolve(row.getLong(2), row.getInt(3)),
                !row.getBoolean(4)));
  }

  private List<String> primaryKey(Relation relation) throws SQLException {
    String sql =
        """
        SELECT a.attname
        FROM pg_catalog.pg_index AS i
        CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, nr)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = ?::oid AND i.indisprimary AND i.indisvalid AND k.nr <= i.indnkeyatts
        ORDER BY k.nr""";
    return query(sql, relation.oid(), row -> row.getString(1));
  }

  private List<Set<String>> uniqueKeys(Relation relation) throws SQLException {
    String sql =
        """
        SELECT pg_catalog.array_agg(a.attname::text)
        FROM pg_catalog.pg_index AS i
        CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, nr)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
        WHERE i.indrelid = ?::oid AND i.indisunique AND i.indisvalid AND i.indpred IS NULL
          AND i.indexprs IS NULL AND k.nr <= i.indnkeyatts
        GROUP BY i.indexrelid""";
    return query(
        sql, relation.oid(), row -> Set.copyOf(List.of((String[]) row.getArray(1).getArray())));
  }

  private <T> List<T> query(String sql, long oid, RowReader<T> reader) throws SQLException {
    List<T> found = new ArrayList<>();
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      statement.setLong(1, oid);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
    }
    return found;
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /**
   * A row of {@code pg_class}.
   *
   * @param kind {@code relkind}
   */
  private record Relation(long oid, String kind) {
    boolean isPartitioned() {
      return kind.equals("p");
    }
  }
}
