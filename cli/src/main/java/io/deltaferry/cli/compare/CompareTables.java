package io.deltaferry.cli.compare;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.BigQuery.QueryResultsOption;
import com.google.cloud.bigquery.Field;
import com.google.cloud.bigquery.FieldList;
import com.google.cloud.bigquery.FieldValueList;
import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobInfo;
import com.google.cloud.bigquery.QueryJobConfiguration;
import com.google.cloud.bigquery.Table;
import com.google.cloud.bigquery.TableId;
import com.google.common.collect.Iterators;
import io.deltaferry.sql.BqIdentifier;
import io.deltaferry.sql.PgTable;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares every column of every row of a PostgreSQL table with its BigQuery table. */
public final class CompareTables {
  private static final long PAGE = 20_000;

  private final BigQuery bigQuery;

  /**
   * @param bigQuery must ask for time stamps as whole microseconds
   */
  public CompareTables(BigQuery bigQuery) {
    this.bigQuery = bigQuery;
  }

  /**
   * Compares; memory is constant. The connection is left in autocommit.
   *
   * @param schema of the source table, as the catalog holds it
   * @throws IllegalStateException when the table has no primary key, or a type is not known here
   */
  public TableComparison compare(Connection connection, String schema, String name, TableId target)
      throws SQLException, InterruptedException {
    Table table = bigQuery.getTable(target);
    if (table == null) {
      return absent(connection, schema, name);
    }
    FieldList fields = fields(table);
    Map<String, String> types = columnTypes(connection, schema, name);
    List<ComparedColumn> columns = columns(types, fields);
    List<String> missing = types.keySet().stream().filter(c -> field(fields, c) == null).toList();
    List<ComparedColumn> key = key(connection, schema, name, columns);
    RowMerge merge =
        new RowMerge(
            columns, new KeyOrder(columns, key.stream().mapToInt(columns::indexOf).toArray()));
    connection.setAutoCommit(false);
    try {
      pin(connection);
      try (PostgresRows source =
          new PostgresRows(connection, PgTable.of(schema, name), columns, key)) {
        merge.run(source, bigQueryRows(target, columns, key));
        return merge.result(missing, source.clamped());
      }
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static TableComparison absent(Connection connection, String schema, String name)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*) FROM " + PgTable.of(schema, name).sql())) {
      row.next();
      long rows = row.getLong(1);
      List<String> all = List.copyOf(columnTypes(connection, schema, name).keySet());
      return new TableComparison(rows, 0, rows, 0, 0, Map.of(), all, 0);
    }
  }

  private static FieldList fields(Table table) {
    if (table.getDefinition().getSchema() == null) {
      throw new IllegalStateException(table.getTableId() + " has no schema");
    }
    return table.getDefinition().getSchema().getFields();
  }

  /** Every column and its type's name in {@code pg_type}, in the table's order. */
  static Map<String, String> columnTypes(Connection connection, String schema, String name)
      throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (ResultSet row =
        connection
            .getMetaData()
            .getColumns(null, escape(connection, schema), escape(connection, name), "%")) {
      while (row.next()) {
        types.put(row.getString("COLUMN_NAME"), row.getString("TYPE_NAME"));
      }
    }
    if (types.isEmpty()) {
      throw new IllegalStateException("PostgreSQL has no table " + PgTable.of(schema, name).sql());
    }
    return types;
  }

  /** The metadata call takes patterns. */
  private static String escape(Connection connection, String name) throws SQLException {
    String escape = connection.getMetaData().getSearchStringEscape();
    return name.replace(escape, escape + escape)
        .replace("_", escape + "_")
        .replace("%", escape + "%");
  }

  private static List<ComparedColumn> columns(Map<String, String> types, FieldList fields) {
    List<ComparedColumn> columns = new ArrayList<>();
    types.forEach(
        (name, type) -> {
          Field field = field(fields, name);
          if (field != null) {
            columns.add(
                new ComparedColumn(
                    name,
                    type,
                    field.getType().getStandardType(),
                    field.getMode() == Field.Mode.REPEATED));
          }
        });
    return columns;
  }

  private static @Nullable Field field(FieldList fields, String name) {
    return fields.stream()
        .filter(field -> field.getName().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  private static List<ComparedColumn> key(
      Connection connection, String schema, String name, List<ComparedColumn> columns)
      throws SQLException {
    Map<Short, ComparedColumn> key = new TreeMap<>();
    DatabaseMetaData metaData = connection.getMetaData();
    try (ResultSet row = metaData.getPrimaryKeys(null, schema, name)) {
      while (row.next()) {
        String column = row.getString("COLUMN_NAME");
        key.put(
            row.getShort("KEY_SEQ"),
            columns.stream()
                .filter(c -> c.name().equals(column))
                .findFirst()
                .orElseThrow(
                    () -> new IllegalStateException("the target lacks key column " + column)));
      }
    }
    if (key.isEmpty()) {
      throw new IllegalStateException(
          PgTable.of(schema, name).sql() + " has no primary key to compare by");
    }
    return List.copyOf(key.values());
  }

  static void pin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          """
          SET LOCAL TimeZone = 'UTC';
          SET LOCAL DateStyle = 'ISO, YMD';
          SET LOCAL IntervalStyle = 'iso_8601';
          SET LOCAL extra_float_digits = 1""");
    }
  }

  private Iterator<CanonicalRow> bigQueryRows(
      TableId target, List<ComparedColumn> columns, List<ComparedColumn> key)
      throws InterruptedException {
    String sql =
        names(columns, "SELECT ")
            + " FROM "
            + BqIdentifier.of(target.getDataset(), target.getTable()).sql()
            + names(key, " ORDER BY ");
    Job job = bigQuery.create(JobInfo.of(QueryJobConfiguration.newBuilder(sql).build())).waitFor();
    Iterator<FieldValueList> rows =
        job.getQueryResults(QueryResultsOption.pageSize(PAGE)).iterateAll().iterator();
    return Iterators.transform(rows, row -> canonical(row, columns));
  }

  private static CanonicalRow canonical(FieldValueList row, List<ComparedColumn> columns) {
    List<@Nullable String> cells = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      cells.add(BigQueryCell.read(row.get(i), columns.get(i)));
    }
    return new CanonicalRow(cells);
  }

  private static String names(List<ComparedColumn> columns, String prefix) {
    return columns.stream()
        .map(column -> BqIdentifier.quote(column.name()))
        .collect(Collectors.joining(", ", prefix, ""));
  }
}
