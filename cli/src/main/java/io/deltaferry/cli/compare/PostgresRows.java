package io.deltaferry.cli.compare;

import io.deltaferry.sql.PgIdentifier;
import io.deltaferry.sql.PgTable;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL table's rows in key order, read through a server-side cursor. */
final class PostgresRows implements Iterator<CanonicalRow>, AutoCloseable {
  private static final int FETCH = 5_000;

  /** Types that PostgreSQL orders as BigQuery orders what they become; others go by their text. */
  private static final Set<String> ORDERED_ALIKE =
      Set.of("int2", "int4", "int8", "oid", "numeric", "date", "timestamp", "timestamptz", "bytea");

  private final List<ComparedColumn> columns;
  private final PostgresCell cells = new PostgresCell();
  private final Statement statement;
  private final ResultSet result;
  private boolean ahead;

  /**
   * @param connection in a transaction, its session pinned; this does not close it
   */
  PostgresRows(
      Connection connection, PgTable table, List<ComparedColumn> columns, List<ComparedColumn> key)
      throws SQLException {
    this.columns = List.copyOf(columns);
    statement = connection.createStatement();
    statement.setFetchSize(FETCH);
    result = statement.executeQuery(sql(table, columns, key));
  }

  /** How many values were beyond what the target can hold. */
  long clamped() {
    return cells.clamped();
  }

  @Override
  public boolean hasNext() {
    try {
      ahead = ahead || result.next();
      return ahead;
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL stopped sending rows", e);
    }
  }

  @Override
  public CanonicalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ahead = false;
    try {
      List<@Nullable String> row = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        row.add(cells.read(result, i + 1, columns.get(i)));
      }
      return new CanonicalRow(row);
    } catch (SQLException e) {
      throw new IllegalStateException("PostgreSQL sent a value that cannot be read", e);
    }
  }

  @Override
  public void close() throws SQLException {
    statement.close();
  }

  // SELECT every column by name ORDER BY the key, texts bytewise. money has no other portable form.
  private static String sql(PgTable table, List<ComparedColumn> columns, List<ComparedColumn> key) {
    return columns.stream()
            .map(PostgresRows::selected)
            .collect(Collectors.joining(", ", "SELECT ", " FROM " + table.sql()))
        + key.stream()
            .map(PostgresRows::ordered)
            .collect(Collectors.joining(", ", " ORDER BY ", ""));
  }

  private static String selected(ComparedColumn column) {
    String name = PgIdentifier.quote(column.name());
    return column.postgresType().equals("money") ? name + "::numeric" : name;
  }

  private static String ordered(ComparedColumn column) {
    String name = PgIdentifier.quote(column.name());
    return ORDERED_ALIKE.contains(column.postgresType()) ? name : name + "::text COLLATE \"C\"";
  }
}
