package io.deltaferry.postgres;

import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.sql.PgTable;
import io.deltaferry.type.CursorKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads from the catalog who makes the values of a column. */
final class OriginReader {
  /**
   * One row: whether a subscription feeds the table, one that holds it, or a part of it; whether a
   * default or a trigger sets the column; whether its numbers come from one sequence that goes up
   * by handing out each of them in turn. A cached sequence lets a session keep numbers for later.
   */
  private static final String SQL =
      """
      WITH RECURSIVE source AS (
        SELECT c.oid AS relid, a.attnum
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid
        WHERE n.nspname = ? AND c.relname = ? AND a.attname = ? AND c.relkind IN ('r', 'p')
      ), parts AS (
        SELECT relid FROM source
        UNION
        SELECT i.inhrelid FROM pg_catalog.pg_inherits AS i JOIN parts AS p ON p.relid = i.inhparent
      ), wholes AS (
        SELECT relid FROM source
        UNION
        SELECT i.inhparent FROM pg_catalog.pg_inherits AS i JOIN wholes AS w ON w.relid = i.inhrelid
      ), made AS (
        SELECT d.oid, pg_catalog.pg_get_expr(d.adbin, d.adrelid) AS expression
        FROM source AS s
        JOIN pg_catalog.pg_attrdef AS d ON d.adrelid = s.relid AND d.adnum = s.attnum
      ), sequences AS (
        SELECT l.objid AS relid FROM source AS s
        JOIN pg_catalog.pg_depend AS l ON l.refobjid = s.relid AND l.refobjsubid = s.attnum
        WHERE l.classid = 'pg_catalog.pg_class'::regclass
          AND l.refclassid = 'pg_catalog.pg_class'::regclass AND l.deptype = 'i'
        UNION
        SELECT l.refobjid FROM made AS m
        JOIN pg_catalog.pg_depend AS l ON l.objid = m.oid
        WHERE l.classid = 'pg_catalog.pg_attrdef'::regclass
          AND l.refclassid = 'pg_catalog.pg_class'::regclass
      )
      SELECT
        EXISTS (SELECT FROM pg_catalog.pg_subscription_rel AS r
          WHERE r.srrelid IN (SELECT relid FROM parts UNION SELECT relid FROM wholes)),
        EXISTS (SELECT FROM made
          WHERE expression ~* '(now|_timestamp|current_xact_id)\\(|current_(timestamp|date)|localtimestamp')
        OR EXISTS (SELECT FROM source AS s
          JOIN pg_catalog.pg_trigger AS t ON t.tgrelid = s.relid
          WHERE NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')
            AND t.tgtype & 3 = 3 AND t.tgtype & 20 <> 0),
        (SELECT count(*) = 1 AND bool_and(
            q.seqcache = 1 AND q.seqincrement > 0 AND NOT q.seqcycle)
          FROM sequences AS s JOIN pg_catalog.pg_sequence AS q ON q.seqrelid = s.relid)
      FROM source""";

  private final PostgresSession session;

  OriginReader(PostgresSession session) {
    this.session = session;
  }

  /**
   * The origin of a table's column; unknown for what has no columns of its own, such as a view.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_UNAVAILABLE
   */
  CursorOrigin read(PgTable table, String column, CursorKind kind) {
    try (PreparedStatement statement = session.connection().prepareStatement(SQL)) {
      statement.setString(1, table.schema().name());
      statement.setString(2, table.name().name());
      statement.setString(3, column);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? origin(row, kind) : CursorOrigin.UNKNOWN;
      }
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "reading what sets the cursor of " + table.sql());
    }
  }

  private static CursorOrigin origin(ResultSet row, CursorKind kind) throws SQLException {
    if (row.getBoolean(1)) {
      return CursorOrigin.SUBSCRIPTION;
    }
    return switch (kind) {
      case TIMESTAMPTZ, TIMESTAMP, DATE, XID8 ->
          row.getBoolean(2) ? CursorOrigin.DATABASE : CursorOrigin.UNKNOWN;
      case SMALLINT, INTEGER, BIGINT ->
          row.getBoolean(3) ? CursorOrigin.SEQUENCE : CursorOrigin.UNKNOWN;
    };
  }
}
