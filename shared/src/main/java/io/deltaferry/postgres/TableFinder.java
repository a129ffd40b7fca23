package io.deltaferry.postgres;

import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.config.NearestName;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.PgTable;
import io.deltaferry.table.CatalogTable;
import io.deltaferry.table.CatalogTable.MadeBy;
import io.deltaferry.table.CatalogTable.Size;
import io.deltaferry.table.Column;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.TableSchema;
import io.deltaferry.type.CursorKind;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the tables of a database, with what a table file says about each; reads no row. */
public final class TableFinder {
  private static final long PAGE = 8192;

  /** Neither the catalog's own schemas nor what an extension brought along. */
  private static final String OURS =
      """
      n.nspname <> 'information_schema' AND n.nspname NOT LIKE 'pg\\_%'
        AND NOT EXISTS (
          SELECT FROM pg_catalog.pg_depend AS d
          WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid
            AND d.deptype = 'e')""";

  private final PostgresSession session;
  private final CatalogReader catalog;

  public TableFinder(PostgresSession session) {
    this.session = session;
    this.catalog = new CatalogReader(session);
  }

  /**
   * Tables and partitioned tables by schema and name; a partition is no table of its own.
   *
   * @param schemas where to look; empty means everywhere
   * @throws DeltaferryException SOURCE_MISSING for a schema that does not exist, with the nearest;
   *     SOURCE_UNAVAILABLE
   */
  public List<CatalogTable> tables(List<String> schemas) {
    requireAll(schemas);
    List<CatalogTable> tables = new ArrayList<>();
    for (SourceTable name : named("c.relkind IN ('r', 'p') AND NOT c.relispartition", schemas)) {
      look(name).ifPresent(tables::add);
    }
    return tables;
  }

  /** Views, materialized views and foreign tables, which have no keys of their own. */
  public List<SourceTable> others(List<String> schemas) {
    return named("c.relkind IN ('v', 'm', 'f')", schemas);
  }

  private void requireAll(List<String> schemas) {
    String sql = "SELECT nspname FROM pg_catalog.pg_namespace AS n ORDER BY 1";
    List<String> known = query(sql, List.of(), row -> row.getString(1));
    for (String schema : schemas) {
      if (!known.contains(schema)) {
        throw new DeltaferryException(
            ErrorCode.SOURCE_MISSING,
            "the source database has no schema '%s'%s"
                .formatted(
                    schema,
                    NearestName.of(schema, known)
                        .map(", did you mean '%s'?"::formatted)
                        .orElse("")));
      }
    }
  }

  private List<SourceTable> named(String kind, List<String> schemas) {
    String among =
        schemas.isEmpty() ? "" : " AND n.nspname IN (" + "?, ".repeat(schemas.size() - 1) + "?)";
    String sql =
        """
        SELECT n.nspname, c.relname
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        WHERE %s AND %s%s
        ORDER BY n.nspname, c.relname"""
            .formatted(kind, OURS, among);
    return query(sql, schemas, row -> new SourceTable(row.getString(1), row.getString(2)));
  }

  /** Empty when it was dropped meanwhile. */
  private Optional<CatalogTable> look(SourceTable name) {
    PgTable table = PgTable.of(name.schema(), name.table());
    try {
      TableSchema schema = catalog.describe(table);
      TableEstimate estimate = catalog.estimate(table);
      SourceHints.Access access = new SourceHints(session).access(table);
      return Optional.of(
          new CatalogTable(
              name,
              schema,
              uniqueKeys(name),
              indexed(name),
              madeBy(table, schema),
              new Size(estimate.rows(), estimate.pages() * PAGE, estimate.known()),
              heirs(name),
              access.schema() && access.select()));
    } catch (DeltaferryException e) {
      if (e.code() == ErrorCode.SOURCE_MISSING) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<List<String>> uniqueKeys(SourceTable name) {
    String sql =
        """
        SELECT pg_catalog.array_agg(a.attname::text ORDER BY k.nr)
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid
        CROSS JOIN LATERAL pg_catalog.unnest(i.indkey) WITH ORDINALITY AS k(attnum, nr)
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = k.attnum
        WHERE n.nspname = ? AND c.relname = ? AND i.indisunique AND i.indisvalid
          AND NOT i.indisprimary AND i.indpred IS NULL AND i.indexprs IS NULL
          AND k.nr <= i.indnkeyatts
        GROUP BY i.indexrelid
        HAVING pg_catalog.bool_and(a.attnotnull)
        ORDER BY count(*), 1""";
    return query(
        sql,
        List.of(name.schema(), name.table()),
        row -> List.of((String[]) row.getArray(1).getArray()));
  }

  private List<SourceTable> heirs(SourceTable name) {
    String sql =
        """
        SELECT n.nspname, c.relname
        FROM pg_catalog.pg_inherits AS i
        JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_class AS p ON p.oid = i.inhparent
        JOIN pg_catalog.pg_namespace AS m ON m.oid = p.relnamespace
        WHERE m.nspname = ? AND p.relname = ? AND NOT c.relispartition
        ORDER BY n.nspname, c.relname""";
    return query(
        sql,
        List.of(name.schema(), name.table()),
        row -> new SourceTable(row.getString(1), row.getString(2)));
  }

  private Set<String> indexed(SourceTable name) {
    String sql =
        """
        SELECT a.attname
        FROM pg_catalog.pg_class AS c
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_index AS i ON i.indrelid = c.oid
        JOIN pg_catalog.pg_class AS x ON x.oid = i.indexrelid
        JOIN pg_catalog.pg_am AS m ON m.oid = x.relam
        JOIN pg_catalog.pg_attribute AS a ON a.attrelid = c.oid AND a.attnum = i.indkey[0]
        WHERE n.nspname = ? AND c.relname = ? AND i.indisvalid AND i.indpred IS NULL
          AND m.amname IN ('btree', 'brin')""";
    return Set.copyOf(query(sql, List.of(name.schema(), name.table()), row -> row.getString(1)));
  }

  private Map<String, MadeBy> madeBy(PgTable table, TableSchema schema) {
    Map<String, MadeBy> makers = new HashMap<>();
    OriginReader origins = new OriginReader(session);
    for (Column column : schema.columns()) {
      CursorKind.of(column.type())
          .ifPresent(
              kind -> makers.put(column.name(), maker(origins.read(table, column.name(), kind))));
    }
    return makers;
  }

  private static MadeBy maker(CursorOrigin origin) {
    return switch (origin) {
      case DATABASE -> MadeBy.DATABASE;
      case SEQUENCE -> MadeBy.SEQUENCE;
      case SUBSCRIPTION, UNKNOWN -> MadeBy.OTHERS;
    };
  }

  private <T> List<T> query(String sql, List<String> parameters, RowReader<T> reader) {
    try (PreparedStatement statement = session.connection().prepareStatement(sql)) {
      for (int i = 0; i < parameters.size(); i++) {
        statement.setString(i + 1, parameters.get(i));
      }
      List<T> found = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.add(reader.read(rows));
        }
      }
      return found;
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "looking for tables");
    }
  }

  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }
}
