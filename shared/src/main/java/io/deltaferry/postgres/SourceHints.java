package io.deltaferry.postgres;

import io.deltaferry.sql.PgTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What helps a person who sets a source up: names that exist, privileges, indexes. */
public final class SourceHints {
  private final PostgresSession session;

  public SourceHints(PostgresSession session) {
    this.session = session;
  }

  /**
   * How the cursor's rows are found.
   *
   * @param indexed whether an index begins with the column
   * @param partitioned whether an index has to be made without CONCURRENTLY
   */
  public record CursorIndex(boolean indexed, boolean partitioned) {}

  /**
   * What a user may do with a table.
   *
   * @param schema whether names may be looked up in its schema
   * @param select whether the whole of it may be read, as its lock asks for
   * @param rowSecurity whether policies hide rows from the user
   */
  public record Access(boolean schema, boolean select, boolean rowSecurity) {}

  /** Every table and view outside the catalog, each as {@code schema.name} without quotes. */
  public List<String> tables() {
    String sql =
        """
        SELECT n.nspname || '.' || c.relname
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        ORDER BY 1""";
    try (PreparedStatement statement = prepare(sql);
        ResultSet rows = statement.executeQuery()) {
      List<String> names = new ArrayList<>();
      while (rows.next()) {
        names.add(rows.getString(1));
      }
      return names;
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "listing the tables");
    }
  }

  /** What this session's user may do with the table; everything when it does not exist. */
  public Access access(PgTable table) {
    String sql =
        """
        SELECT pg_catalog.has_schema_privilege(n.oid, 'USAGE'),
          pg_catalog.has_table_privilege(c.oid, 'SELECT'),
          pg_catalog.row_security_active(c.oid)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ?""";
    try (PreparedStatement statement = prepare(sql, table.schema().name(), name(table));
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? new Access(row.getBoolean(1), row.getBoolean(2), row.getBoolean(3))
          : new Access(true, true, false);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the privileges on " + table.sql());
    }
  }

  /** Empty for what has no indexes, such as a view. */
  public Optional<CursorIndex> cursorIndex(PgTable table, String column) {
    String sql =
        """
        SELECT c.relkind = 'p', EXISTS (
          SELECT FROM pg_catalog.pg_index AS i
          JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
          JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
          JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
          WHERE i.indrelid = c.oid AND i.indisvalid AND i.indpred IS NULL
            AND m.amname IN ('btree', 'brin') AND a.attname = ?)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p', 'm')""";
    try (PreparedStatement statement = prepare(sql, column, table.schema().name(), name(table));
        ResultSet row = statement.executeQuery()) {
      return row.next()
          ? Optional.of(new CursorIndex(row.getBoolean(2), row.getBoolean(1)))
          : Optional.empty();
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading the indexes of " + table.sql());
    }
  }

  private PreparedStatement prepare(String sql, String... parameters) throws SQLException {
    PreparedStatement statement = session.connection().prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      statement.setString(i + 1, parameters[i]);
    }
    return statement;
  }

  private static String name(PgTable table) {
    return table.name().name();
  }
}
