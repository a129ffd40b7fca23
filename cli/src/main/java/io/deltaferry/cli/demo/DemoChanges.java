package io.deltaferry.cli.demo;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A deterministic batch of changes: updates, inserts, values set to NULL, ties, and stamps older
 * than the newest one already synced.
 */
public final class DemoChanges {
  private DemoChanges() {}

  /**
   * Changes every table; each script is one transaction.
   *
   * @param now the stamp of the changed rows
   * @return how many rows were touched, by table name, in the tables' order
   */
  public static Map<String, Long> apply(Connection connection, Instant now) throws SQLException {
    DemoSchema.useNow(connection, now);
    Map<String, Long> touched = new LinkedHashMap<>();
    for (DemoTable table : DemoTable.all()) {
      touched.put(table.name(), run(connection, DemoScripts.text(table.change())));
    }
    return touched;
  }

  private static long run(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      long touched = 0;
      boolean rows = statement.execute(script);
      while (rows || statement.getLargeUpdateCount() >= 0) {
        touched += rows ? 0 : statement.getLargeUpdateCount();
        rows = statement.getMoreResults();
      }
      return touched;
    }
  }
}
