package io.deltaferry.postgres;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgQuery;
import io.deltaferry.table.Column;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The columns of a query, without running it for more than no row. */
final class QueryColumns {
  private final PostgresSession session;

  QueryColumns(PostgresSession session) {
    this.session = session;
  }

  List<Column> read(PgQuery query) throws SQLException {
    List<Described> described = describe(query);
    List<Long> oids = typeOids(query, described);
    TypeResolver types = new TypeResolver(session.connection());
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < described.size(); i++) {
      Described column = described.get(i);
      columns.add(new Column(column.name(), types.resolve(oids.get(i), column.modifier()), true));
    }
    return columns;
  }

  private List<Described> describe(PgQuery query) throws SQLException {
    List<Described> columns = new ArrayList<>();
    try (Statement statement = session.connection().createStatement();
        ResultSet none = statement.executeQuery("SELECT * FROM " + query.fromItem() + " LIMIT 0")) {
      ResultSetMetaData meta = none.getMetaData();
      for (int i = 1; i <= meta.getColumnCount(); i++) {
        columns.add(new Described(meta.getColumnLabel(i), modifier(meta, i)));
      }
    }
    refuseDoubles(columns);
    return columns;
  }

  /** The driver shows the modifier of a numeric only, and only that one decides a mapping. */
  private static int modifier(ResultSetMetaData meta, int column) throws SQLException {
    int precision = meta.getPrecision(column);
    return meta.getColumnType(column) == Types.NUMERIC && precision > 0
        ? ((precision << 16) | (meta.getScale(column) & 0x7ff)) + 4
        : -1;
  }

  /**
   * The driver shows type names, not oids. An outer join with nothing gives one row of NULLs that
   * know their types:
   *
   * <pre>
   * SELECT pg_typeof("a")::oid, .. FROM (SELECT) AS one LEFT JOIN (SELECT * FROM (..) LIMIT 0) ON true
   * </pre>
   */
  private List<Long> typeOids(PgQuery query, List<Described> columns) throws SQLException {
    String items =
        columns.stream()
            .map(
                column ->
                    "pg_catalog.pg_typeof(df_none." + PgIdentifier.quote(column.name()) + ")::oid")
            .collect(Collectors.joining(", "));
    String sql =
        "SELECT "
            + items
            + " FROM (SELECT) AS df_one LEFT JOIN (SELECT * FROM "
            + query.fromItem()
            + " LIMIT 0) AS df_none ON true";
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      List<Long> oids = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        oids.add(row.getLong(i));
      }
      return oids;
    }
  }

  private static void refuseDoubles(List<Described> columns) {
    Set<String> seen = new HashSet<>();
    List<String> doubles =
        columns.stream().map(Described::name).filter(name -> !seen.add(name)).distinct().toList();
    if (!doubles.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.NAME_INVALID,
          "the query has more than one column named %s; give each its own name with AS"
              .formatted(String.join(", ", doubles)));
    }
  }

  private record Described(String name, int modifier) {}
}
