package io.deltaferry.postgres;

import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.DeltaSource;
import io.deltaferry.sql.PgTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files that hold a source's rows, by relation. TRUNCATE, VACUUM FULL, a refresh and an ALTER
 * that rewrites put new ones in their place, whose rows an older snapshot does not see: a COPY
 * would bring none, without an error.
 */
public final class SourceFiles {
  /**
   * What planning has locked is what a query reads, the tables under its views and the partitions
   * that it needs included.
   */
  private static final String LOCKED =
      """
      SELECT DISTINCT l.relation::int8
      FROM pg_catalog.pg_locks AS l
      JOIN pg_catalog.pg_class AS c ON c.oid = l.relation
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE l.pid = pg_catalog.pg_backend_pid() AND l.locktype = 'relation'
        AND c.relkind IN ('r', 'm') AND n.nspname NOT LIKE 'pg\\_%'
        AND n.nspname <> 'information_schema'""";

  /** A table with its partitions and the tables that inherit from it; no row for anything else. */
  private static final String TREE =
      """
      WITH RECURSIVE tree AS (
        SELECT c.oid AS relation
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p')
        UNION
        SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN tree AS t ON t.relation = i.inhparent
      )
      SELECT relation::int8 FROM tree""";

  /** By a function that looks past the transaction's snapshot. */
  private static final String FILES =
      """
      SELECT relation, coalesce(pg_catalog.pg_relation_filenode(relation::oid), 0)::int8
      FROM pg_catalog.unnest(?::int8[]) AS relation""";

  /** Of relations, those with rows of their own, and whether they may be read by themselves. */
  private static final String READABLE =
      """
      SELECT n.nspname, c.relname,
        pg_catalog.has_table_privilege(c.oid, 'SELECT') AND NOT c.relrowsecurity
      FROM pg_catalog.pg_class AS c
      JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      WHERE c.oid::int8 = ANY (?) AND c.relkind <> 'p'
      ORDER BY n.nspname, c.relname""";

  private static final Logger log = LoggerFactory.getLogger(SourceFiles.class);

  private final PostgresSession session;
  private final Map<PgTable, List<Long>> trees = new HashMap<>();

  public SourceFiles(PostgresSession session) {
    this.session = session;
  }

  /**
   * What the delta's statement would read. For a table the catalog tells, without waiting for
   * whoever rewrites it; for anything else the session has to be in autocommit, so that it holds no
   * other locks.
   *
   * @throws io.deltaferry.error.DeltaferryException as the delta's own statement would
   */
  public Map<Long, Long> of(DeltaQuery query) {
    return of(query.source(), query.filter() == null && !query.isTold(), query.explain());
  }

  /**
   * What holds all rows of a table or view.
   *
   * @throws io.deltaferry.error.DeltaferryException as reading it would
   */
  public Map<Long, Long> of(PgTable table) {
    return of(table, true, "EXPLAIN SELECT 1 FROM " + table.fromItem());
  }

  private Map<Long, Long> of(DeltaSource source, boolean whole, String explain) {
    try {
      Map<Long, Long> files = files(tree(source));
      if (files.isEmpty() || !whole) {
        files.putAll(planned(explain));
      }
      return files;
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading which files hold " + source.describe());
    }
  }

  private Map<Long, Long> planned(String explain) throws SQLException {
    Connection connection = session.connection();
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      statement.execute(explain);
      try (ResultSet rows = statement.executeQuery(LOCKED)) {
        return files(relations(rows));
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /**
   * The tables of which a source consists, and of which it did not; those that may not be read by
   * themselves are left out, and logged. None for what is no table.
   *
   * @param before the relations of which it consisted
   */
  public List<PgTable> attached(DeltaSource source, Collection<Long> before) {
    try {
      List<Long> later = new ArrayList<>(tree(source));
      later.removeAll(before);
      return later.isEmpty() ? List.of() : readable(later);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the partitions of " + source.describe());
    }
  }

  private List<PgTable> readable(List<Long> relations) throws SQLException {
    Connection connection = session.connection();
    List<PgTable> readable = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(READABLE)) {
      statement.setArray(1, connection.createArrayOf("int8", relations.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          PgTable table = PgTable.of(rows.getString(1), rows.getString(2));
          if (rows.getBoolean(3)) {
            readable.add(table);
          } else {
            log.warn(
                "{} is new, and may not be read by itself: if it came with rows of old stamps, only a"
                    + " run of mode replace brings them",
                table.sql());
          }
        }
      }
    }
    return readable;
  }

  /** As it is when it is first asked for: whatever comes later is seen by the next run. */
  private List<Long> tree(DeltaSource source) throws SQLException {
    if (!(source instanceof PgTable table)) {
      return List.of();
    }
    List<Long> known = trees.get(table);
    if (known == null) {
      known = relations(table);
      trees.put(table, known);
    }
    return known;
  }

  private List<Long> relations(PgTable table) throws SQLException {
    try (PreparedStatement statement = session.connection().prepareStatement(TREE)) {
      statement.setString(1, table.schema().name());
      statement.setString(2, table.name().name());
      try (ResultSet rows = statement.executeQuery()) {
        return relations(rows);
      }
    }
  }

  /**
   * The files that these relations have now, or had when this transaction last locked what it had
   * not: so after a COPY, when it began. 0 for one that is gone.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_UNAVAILABLE
   */
  public Map<Long, Long> now(Collection<Long> relations) {
    try {
      return files(relations);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading which files hold the source");
    }
  }

  private static List<Long> relations(ResultSet rows) throws SQLException {
    List<Long> relations = new ArrayList<>();
    while (rows.next()) {
      relations.add(rows.getLong(1));
    }
    return relations;
  }

  private Map<Long, Long> files(Collection<Long> relations) throws SQLException {
    Connection connection = session.connection();
    try (PreparedStatement statement = connection.prepareStatement(FILES)) {
      statement.setArray(1, connection.createArrayOf("int8", relations.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        Map<Long, Long> files = new TreeMap<>();
        while (rows.next()) {
          files.put(rows.getLong(1), rows.getLong(2));
        }
        return files;
      }
    }
  }
}
