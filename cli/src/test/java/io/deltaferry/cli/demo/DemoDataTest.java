package io.deltaferry.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's data in a real server. */
class DemoDataTest {
  private static final Instant LOADED = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant CHANGED = Instant.parse("2026-03-01T12:01:00Z");

  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  @TempDir
  static Path directory;

  @SuppressWarnings("NullAway.Init") // set before all tests
  private static DemoPostgres postgres;

  private static Map<String, Long> touched = Map.of();

  @BeforeAll
  static void load() throws SQLException {
    postgres = DemoPostgres.start(directory);
    try (Connection connection = postgres.connect()) {
      assertThat(DemoSchema.isLoaded(connection)).isFalse();
      DemoSchema.load(connection, LOADED, new FlightRows(2_000, null));
      assertThat(DemoSchema.isLoaded(connection)).isTrue();
      assertThat(number("SELECT count(*) FROM aviation.flights")).isEqualTo(2_000);
      assertThat(number("SELECT count(*) FROM aviation.airports")).isEqualTo(3_376);
      assertThat(number("SELECT count(*) FROM aviation.bird_strikes")).isEqualTo(10_000);
      for (DemoTable table : DemoTable.all()) {
        assertThat(
                isTrue("SELECT max(last_updated) = '" + LOADED + "' FROM " + table.qualifiedName()))
            .as("the newest stamp of %s", table.name())
            .isTrue();
      }
      touched = DemoChanges.apply(connection, CHANGED);
    }
  }

  @AfterAll
  static void stop() {
    postgres.close();
  }

  @Test
  void changesAreVisibleToAnIncrementThatAllowsForFifteenMinutesOfLateness() throws SQLException {
    for (DemoTable table : DemoTable.all()) {
      assertThat(touched.getOrDefault(table.name(), 0L)).as(table.name()).isPositive();
      // The first load stamped everything at or before LOADED; what an increment must find is what
      // this transaction wrote, told by its own transaction id.
      assertThat(
              number(
                  "SELECT count(*) FROM "
                      + table.qualifiedName()
                      + " WHERE xmin <> (SELECT xmin FROM pg_class WHERE oid = 'aviation.flights'::regclass)"
                      + " AND coalesce(last_updated, '-infinity') < timestamptz '"
                      + CHANGED
                      + "' - interval '15 minutes'"))
          .as("changed rows of %s that are too old to be found", table.name())
          .isZero();
    }
  }

  @Test
  void someChangesAreStampedBeforeTheNewestStampThatWasLoaded() throws SQLException {
    assertThat(
            number(
                "SELECT count(*) FROM aviation.bird_strikes WHERE last_updated = timestamptz '"
                    + LOADED
                    + "' - interval '4 minutes'"))
        .isGreaterThanOrEqualTo(100);
  }

  @Test
  void sixSchoolTablesHaveThousandsOfRowsWithWhatBreaksCarelessPipelines() throws SQLException {
    assertThat(number("SELECT count(*) FROM school.agg_teacher_time_daily"))
        .isEqualTo(40_000 + 500);
    assertThat(number("SELECT count(*) FROM school.window_roster WHERE ends_on = 'infinity'"))
        .isGreaterThan(3_000);
    assertThat(number("SELECT count(*) FROM school.course_skill WHERE label = ''")).isPositive();
    assertThat(number("SELECT count(*) FROM school.course_skill WHERE label IS NULL")).isPositive();
    assertThat(
            number("SELECT count(*) FROM school.student_skill_levels WHERE last_updated IS NULL"))
        .isPositive();
  }

  @Test
  void flightsOfAParquetFileAreTheSameAsTheCarriedOnes() throws SQLException {
    Path parquet = directory.resolve("flights.parquet");
    try (Connection duckdb = java.sql.DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duckdb.createStatement()) {
      statement.execute(
          "COPY (SELECT timestamp '2001-01-01 00:04:00' AS date, 105::BIGINT AS delay, 187::BIGINT AS"
              + " distance, 'JFK' AS origin, 'BOS' AS destination UNION ALL SELECT timestamp"
              + " '2001-01-01 00:09:00', NULL, 1927, 'DTW', 'SEA') TO '"
              + parquet
              + "' (FORMAT parquet)");
    }
    Path other = directory.resolve("other");
    try (DemoPostgres second = DemoPostgres.start(other);
        Connection connection = second.connect()) {
      DemoSchema.load(connection, LOADED, new FlightRows(2, parquet));
      try (Statement statement = connection.createStatement();
          ResultSet row =
              statement.executeQuery(
                  "SELECT string_agg(f::text, ' ' ORDER BY id) FROM (SELECT id, departed_at,"
                      + " delay_minutes, origin, destination FROM aviation.flights) f")) {
        row.next();
        assertThat(row.getString(1))
            .isEqualTo(
                "(1,\"2001-01-01 00:04:00\",105,JFK,BOS) (2,\"2001-01-01 00:09:00\",,DTW,SEA)");
      }
    }
    assertThat(Files.exists(other.resolve("data/PG_VERSION"))).isTrue();
  }

  @Test
  void moreFlightsThanCarriedNeedAFile() {
    assertThatThrownBy(() -> new FlightRows(3_000_000, null))
        .hasMessageContaining("--flights-file");
  }

  private static long number(String sql) throws SQLException {
    try (Connection connection = postgres.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static boolean isTrue(String sql) throws SQLException {
    return number("SELECT ((" + sql + "))::int") == 1;
  }
}
