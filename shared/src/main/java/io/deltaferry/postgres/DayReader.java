package io.deltaferry.postgres;

import io.deltaferry.sql.Cursor;
import io.deltaferry.sql.DayCounts;
import io.deltaferry.sql.DayRows;
import io.deltaferry.sql.DeltaQuery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Counts the source's rows by day. */
public final class DayReader {
  private final PostgresSession session;

  public DayReader(PostgresSession session) {
    this.session = session;
  }

  /**
   * The days that have rows.
   *
   * @param rows whose cursor is the column with the days
   * @param newest the table's cursor, or null
   */
  public List<DayRows> days(DeltaQuery rows, @Nullable Cursor newest) {
    String what =
        "counting the days of " + rows.source().describe() + " (`from` and `to` make it shorter)";
    return session.rows(DayCounts.ofSource(rows, newest), what).stream()
        .map(row -> DayRows.of(row.get(0), row.get(1), row.get(2)))
        .toList();
  }
}
