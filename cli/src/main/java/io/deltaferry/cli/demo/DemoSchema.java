package io.deltaferry.cli.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;

/** Creates the demo's tables and fills the generated ones; deterministic but for the stamps. */
public final class DemoSchema {
  private static final List<String> SCRIPTS =
      List.of(
          "schema/10-schemas.sql",
          "schema/20-agg_teacher_time_daily.sql",
          "schema/21-district_class_course.sql",
          "schema/22-student_skill_levels.sql",
          "schema/23-window_roster.sql",
          "schema/24-course_skill.sql",
          "schema/25-agg_student_sat_time_daily.sql",
          "schema/30-aviation.sql");

  private DemoSchema() {}

  /** Whether this database already holds a demo that was loaded to its end. */
  public static boolean isLoaded(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT to_regclass('aviation.flights_last_updated_idx') IS NOT NULL")) {
      return row.next() && row.getBoolean(1);
    }
  }

  /**
   * Makes everything in one transaction, so that a demo stopped half-way starts again from nothing.
   *
   * @param now the newest stamp of any row
   */
  public static void load(Connection connection, Instant now, FlightRows flights)
      throws SQLException {
    connection.setAutoCommit(false);
    useNow(connection, now);
    for (String script : SCRIPTS) {
      run(connection, script);
    }
    DemoRows.load(connection, now, flights);
    run(connection, "schema/90-after-load.sql");
    connection.commit();
    connection.setAutoCommit(true);
  }

  /** What the scripts read as {@code current_setting('demo.now')}. */
  static void useNow(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement setting =
        connection.prepareStatement("SELECT set_config('demo.now', ?, false)")) {
      setting.setString(1, now.toString());
      setting.execute();
    }
  }

  private static void run(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(DemoScripts.text(script));
    }
  }
}
