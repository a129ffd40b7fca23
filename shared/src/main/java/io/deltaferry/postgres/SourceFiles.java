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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

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

  private final PostgresSession session;

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
      List<Long> tree = whole ? tree(source) : List.of();
      return tree.isEmpty() ? planned(explain) : files(tree);
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

  private List<Long> tree(DeltaSource source) throws SQLException {
    if (!(source instanceof PgTable table)) {
      return List.of();
    }
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
