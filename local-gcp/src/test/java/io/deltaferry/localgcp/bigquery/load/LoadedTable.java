package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.FieldSchema;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A table in memory that a test loads into and looks at. */
final class LoadedTable implements AutoCloseable {
  static final String URI = "gs://bucket/part-0";

  private final DuckDBConnection connection;

  LoadedTable() throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
    run("SET TimeZone='UTC'");
    run("CREATE SCHEMA s");
  }

  LoadResult load(TableSchema schema, CsvOptions options, String csv)
      throws SQLException, IOException {
    return load(schema, options, csv.getBytes(StandardCharsets.UTF_8));
  }

  LoadResult load(TableSchema schema, CsvOptions options, byte[]... files)
      throws SQLException, IOException {
    run("CREATE OR REPLACE TABLE s.t(" + DuckTypes.columns(schema) + ")");
    List<LoadFile> sources = new ArrayList<>();
    for (byte[] file : files) {
      sources.add(new LoadFile(URI, file.length, () -> new ByteArrayInputStream(file)));
    }
    connection.setAutoCommit(false);
    try {
      LoadResult result = CsvLoad.load(connection, "s", "t", schema, options, sources);
      if (!result.failed()) {
        connection.commit();
      }
      return result;
    } finally {
      // After a commit there is nothing to roll back.
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  /** Every value as DuckDB writes it, row by row; BLOBs as hex. */
  List<List<@Nullable String>> rows(TableSchema schema) throws SQLException {
    List<String> expressions = schema.fields().stream().map(LoadedTable::text).toList();
    List<List<@Nullable String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT " + String.join(", ", expressions) + " FROM s.t")) {
      while (result.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= expressions.size(); i++) {
          row.add(result.getString(i));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static String text(FieldSchema field) {
    String column = DuckTypes.quote(field.name());
    return switch (field.type()) {
      case BYTES -> "hex(" + column + ")";
      default -> column + "::VARCHAR";
    };
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream target = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(target)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return target.toByteArray();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
