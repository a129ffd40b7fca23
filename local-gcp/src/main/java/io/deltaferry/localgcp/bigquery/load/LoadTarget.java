package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/**
 * Where rows are appended: the table itself, or, when it has columns the appender does not know, a
 * temporary table that holds those as text.
 */
final class LoadTarget implements AutoCloseable {
  private final String schema;
  private final String table;
  private final TableSchema columns;
  private final DuckDBConnection connection;
  private final @Nullable String temporary;

  private LoadTarget(
      DuckDBConnection connection,
      String schema,
      String table,
      TableSchema columns,
      @Nullable String temporary) {
    this.connection = connection;
    this.schema = schema;
    this.table = table;
    this.columns = columns;
    this.temporary = temporary;
  }

  static LoadTarget open(
      DuckDBConnection connection, String schema, String table, TableSchema columns)
      throws SQLException {
    boolean casts = columns.fields().stream().anyMatch(Cells::needsCast);
    String temporary = casts ? "load_" + UUID.randomUUID() : null;
    LoadTarget target = new LoadTarget(connection, schema, table, columns, temporary);
    // The driver begins a transaction at the first statement, and an appender is none: without
    // this its rows would be committed at once.
    target.run("SELECT 1");
    if (temporary != null) {
      target.run("CREATE TEMP TABLE " + DuckTypes.quote(temporary) + "(" + target.declared() + ")");
    }
    return target;
  }

  private String declared() {
    return columns.fields().stream()
        .map(field -> DuckTypes.quote(field.name()) + " " + appendedType(field))
        .collect(Collectors.joining(", "));
  }

  private static String appendedType(FieldSchema field) {
    return Cells.needsCast(field) ? "VARCHAR" : DuckTypes.of(field);
  }

  DuckDBAppender appender() throws SQLException {
    return temporary == null
        ? connection.createAppender(schema, table)
        : connection.createAppender("temp", "main", temporary);
  }

  /** Moves what was appended to the table, if it is not there already. */
  void finish() throws SQLException {
    if (temporary != null) {
      run(
          "INSERT INTO "
              + DuckTypes.quote(schema)
              + "."
              + DuckTypes.quote(table)
              + " SELECT "
              + casts()
              + " FROM temp."
              + DuckTypes.quote(temporary));
    }
  }

  @Override
  public void close() throws SQLException {
    if (temporary != null) {
      run("DROP TABLE temp." + DuckTypes.quote(temporary));
    }
  }

  private String casts() {
    return columns.fields().stream()
        .map(field -> "CAST(" + DuckTypes.quote(field.name()) + " AS " + DuckTypes.of(field) + ")")
        .collect(Collectors.joining(", "));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
