package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The datasets. Everything happens in the session's transaction. */
final class DatasetStore {
  private static final String SELECT =
      "SELECT project, dataset, created, modified, properties FROM _catalog.datasets";

  private DatasetStore() {}

  static Optional<DatasetEntry> find(Session session, DatasetId id) throws SQLException {
    return session
        .query(
            DatasetStore::read,
            SELECT + " WHERE project = ? AND dataset = ?",
            id.project(),
            id.dataset())
        .stream()
        .findFirst();
  }

  static List<DatasetEntry> list(Session session, String project) throws SQLException {
    return session.query(
        DatasetStore::read, SELECT + " WHERE project = ? ORDER BY dataset", project);
  }

  static List<String> projects(Session session) throws SQLException {
    return session.query(
        row -> row.getString(1), "SELECT DISTINCT project FROM _catalog.datasets ORDER BY project");
  }

  static void insert(Session session, DatasetEntry entry) throws SQLException {
    boolean caseTwin =
        list(session, entry.id().project()).stream()
            .anyMatch(other -> other.id().dataset().equalsIgnoreCase(entry.id().dataset()));
    if (caseTwin) {
      throw new GoogleError(
          501,
          "notImplemented",
          "Dataset " + entry.id() + ": names that differ only in case are not supported here");
    }
    session.execute("CREATE SCHEMA " + entry.id().quoted());
    insertRow(session, entry);
  }

  static void update(Session session, DatasetEntry entry) throws SQLException {
    session.update(
        "UPDATE _catalog.datasets SET modified = ?, properties = ? WHERE project = ? AND dataset ="
            + " ?",
        entry.modified(),
        entry.properties().toString(),
        entry.id().project(),
        entry.id().dataset());
  }

  /** Drops the dataset, which holds no tables any more. */
  static void delete(Session session, DatasetId id) throws SQLException {
    session.execute("DROP SCHEMA " + id.quoted());
    session.update(
        "DELETE FROM _catalog.datasets WHERE project = ? AND dataset = ?",
        id.project(),
        id.dataset());
  }

  private static void insertRow(Session session, DatasetEntry entry) throws SQLException {
    session.update(
        "INSERT INTO _catalog.datasets VALUES (?, ?, ?, ?, ?)",
        entry.id().project(),
        entry.id().dataset(),
        entry.created(),
        entry.modified(),
        entry.properties().toString());
  }

  private static DatasetEntry read(ResultSet row) throws SQLException {
    ObjectNode properties = Json.object(row.getString(5));
    return new DatasetEntry(
        new DatasetId(row.getString(1), row.getString(2)),
        row.getLong(3),
        row.getLong(4),
        properties);
  }
}
