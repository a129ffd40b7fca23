package io.deltaferry.localgcp.bigquery.catalog;

import io.deltaferry.localgcp.bigquery.type.SchemaJson;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is known of the tables. Everything happens in the session's transaction. */
final class TableStore {
  private static final String SELECT =
      "SELECT project, dataset, name, kind, number, created, expires, schema, properties FROM"
          + " _catalog.tables";
  private static final String ONE = " WHERE project = ? AND dataset = ? AND name = ?";

  private TableStore() {}

  static Optional<TableEntry> find(Session session, TableId id) throws SQLException {
    return session
        .query(TableStore::read, SELECT + ONE, id.project(), id.dataset(), id.table())
        .stream()
        .findFirst();
  }

  static List<TableEntry> list(Session session, DatasetId dataset) throws SQLException {
    return session.query(
        TableStore::read,
        SELECT + " WHERE project = ? AND dataset = ? ORDER BY name",
        dataset.project(),
        dataset.dataset());
  }

  /** Tables of every project whose time is over. */
  static List<TableEntry> expired(Session session, long millis) throws SQLException {
    return session.query(TableStore::read, SELECT + " WHERE expires <= ?", millis);
  }

  static void insert(Session session, TableEntry entry) throws SQLException {
    refuseCaseTwin(session, entry.id());
    session.update(
        "INSERT INTO _catalog.tables VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        entry.id().project(),
        entry.id().dataset(),
        entry.id().table(),
        entry.kind().name(),
        entry.number(),
        entry.created(),
        entry.expires(),
        SchemaJson.write(entry.schema()).toString(),
        entry.properties().toString());
  }

  /** DuckDB compares names without regard to case, BigQuery with it. */
  private static void refuseCaseTwin(Session session, TableId id) throws SQLException {
    List<String> twins =
        session.query(
            row -> row.getString(1),
            "SELECT name FROM _catalog.tables WHERE project = ? AND dataset = ? AND lower(name) ="
                + " lower(?)",
            id.project(),
            id.dataset(),
            id.table());
    if (!twins.isEmpty()) {
      throw new GoogleError(
          501,
          "notImplemented",
          "Table " + id + ": names that differ only in case are not supported here");
    }
  }

  static void update(Session session, TableEntry entry) throws SQLException {
    session.update(
        "UPDATE _catalog.tables SET expires = ?, schema = ?, properties = ?" + ONE,
        entry.expires(),
        SchemaJson.write(entry.schema()).toString(),
        entry.properties().toString(),
        entry.id().project(),
        entry.id().dataset(),
        entry.id().table());
  }

  static void delete(Session session, TableEntry entry) throws SQLException {
    session.update("DELETE FROM _catalog.tables WHERE number = ?", entry.number());
    session.update("DELETE FROM _catalog.changes WHERE number = ?", entry.number());
  }

  /** Appended, never updated: two transactions that append to one table must not conflict. */
  static void changed(Session session, long number, long millis) throws SQLException {
    session.update("INSERT INTO _catalog.changes VALUES (?, ?)", number, millis);
  }

  static Optional<Long> lastChange(Session session, long number) throws SQLException {
    return session
        .query(
            row -> row.getLong(1),
            "SELECT changed FROM _catalog.changes WHERE number = ? ORDER BY changed DESC LIMIT 1",
            number)
        .stream()
        .findFirst();
  }

  private static TableEntry read(ResultSet row) throws SQLException {
    return new TableEntry(
        TableId.of(row.getString(1), row.getString(2), row.getString(3)),
        TableKind.valueOf(row.getString(4)),
        row.getLong(5),
        row.getLong(6),
        nullableLong(row, 7),
        SchemaJson.read(Json.object(row.getString(8))),
        Json.object(row.getString(9)));
  }

  private static @Nullable Long nullableLong(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }
}
