package io.deltaferry.localgcp.bigquery.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.localgcp.bigquery.sql.function.DuckMacros;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The functions serve every connection and a file opened again. */
class DuckMacrosTest {
  private static final String QUERY = "SELECT gsql_numeric_text(gsql_to_numeric(v)) FROM t";

  @Test
  void serveOtherConnectionsAndViewsOfAnOlderOpening(@TempDir Path directory) throws SQLException {
    try (Connection first = open(directory)) {
      run(first, "CREATE TABLE t AS SELECT '1.50' AS v UNION ALL SELECT NULL");
      run(first, "CREATE VIEW w AS " + QUERY);
      try (Connection second = ((DuckDBConnection) first).duplicate()) {
        assertThat(text(second, "SELECT * FROM w")).isEqualTo("1.5");
      }
    }
    try (Connection again = open(directory)) {
      assertThat(text(again, "SELECT * FROM w")).isEqualTo("1.5");
    }
  }

  private static Connection open(Path directory) throws SQLException {
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + directory.resolve("db"));
    DuckMacros.install(connection);
    return connection;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql + " ORDER BY 1")) {
      rows.next();
      return rows.getString(1);
    }
  }
}
