package io.deltaferry.cli.demo;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;

/** Streams flights out of a Parquet file with the columns of vega-datasets' flights-3m.parquet. */
final class ParquetFlights {
  // The file's order is the order of its rows; the default keeps it, and is set here to be seen.
  private static final String QUERY =
      """
      SELECT strftime(date, '%Y-%m-%d %H:%M:%S.%f') AS departed_at, delay, distance, origin, destination
      FROM read_parquet(?)
      LIMIT ?
      """;

  private ParquetFlights() {}

  /** Memory is constant: DuckDB hands the result over in chunks. */
  static void write(Path file, long limit, Writer rows, Instant now)
      throws SQLException, IOException {
    java.util.Properties streaming = new java.util.Properties();
    streaming.setProperty("jdbc_stream_results", "true");
    try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:", streaming);
        Statement settings = duckdb.createStatement();
        PreparedStatement query = prepare(duckdb, settings);
        ResultSet row = run(query, file, limit)) {
      long number = 0;
      while (row.next()) {
        write(rows, row, number, DemoRows.stamp(now, number));
        number++;
      }
      if (number < limit) {
        throw new IllegalArgumentException(
            file + " has only " + number + " rows; --flights asks for " + limit);
      }
    }
  }

  private static PreparedStatement prepare(Connection duckdb, Statement settings)
      throws SQLException {
    settings.execute("SET preserve_insertion_order = true");
    settings.execute("SET memory_limit = '256MB'");
    return duckdb.prepareStatement(QUERY);
  }

  private static ResultSet run(PreparedStatement query, Path file, long limit) throws SQLException {
    query.setString(1, file.toString());
    query.setLong(2, limit);
    return query.executeQuery();
  }

  private static void write(Writer rows, ResultSet row, long number, Instant stamp)
      throws SQLException, IOException {
    rows.append(Long.toString(number + 1));
    for (int column = 1; column <= 5; column++) {
      String value = row.getString(column);
      rows.append(',').append(value == null ? "" : value);
    }
    rows.append(',').append(stamp.toString()).append('\n');
  }
}
