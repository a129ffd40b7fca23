package io.deltaferry.localgcp.bigquery.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.bigquery.type.DuckTypes;
import io.deltaferry.localgcp.bigquery.type.TableSchema;
import io.deltaferry.localgcp.http.GoogleError;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The datasets and tables with their DuckDB counterparts. Each method works in the session it is
 * given, so what is known of a table changes in the same transaction as its rows; a table whose
 * time is over is not there any more.
 */
public final class Catalog {
  private final Database database;
  private final Clock clock;
  private final AtomicLong numbers;

  private Catalog(Database database, Clock clock, long lastNumber) {
    this.database = database;
    this.clock = clock;
    this.numbers = new AtomicLong(lastNumber);
  }

  /** The catalog of an open file. */
  public static Catalog open(Database database, Clock clock) throws SQLException {
    try (Session session = new Session(database.connect())) {
      session.update(FORGET_OLDER_CHANGES);
      long last =
          session
              .query(row -> row.getLong(1), "SELECT coalesce(max(number), 0) FROM _catalog.tables")
              .get(0);
      return new Catalog(database, clock, Math.max(last, clock.millis()));
    }
  }

  /** A session of its own; the caller closes it. */
  public Session session() throws SQLException {
    return new Session(database.connect());
  }

  public Clock clock() {
    return clock;
  }

  public Optional<DatasetEntry> findDataset(Session session, DatasetId id) throws SQLException {
    return DatasetStore.find(session, id);
  }

  /**
   * The dataset.
   *
   * @throws GoogleError notFound
   */
  public DatasetEntry dataset(Session session, DatasetId id) throws SQLException {
    return findDataset(session, id)
        .orElseThrow(() -> GoogleError.notFound("Not found: Dataset " + id));
  }

  /** The projects that have a dataset, by name. */
  public List<String> projects(Session session) throws SQLException {
    return DatasetStore.projects(session);
  }

  public List<DatasetEntry> datasets(Session session, String project) throws SQLException {
    return DatasetStore.list(session, project);
  }

  /**
   * Creates a dataset.
   *
   * @throws GoogleError duplicate
   */
  public DatasetEntry createDataset(Session session, DatasetId id, ObjectNode properties)
      throws SQLException {
    if (findDataset(session, id).isPresent()) {
      throw new GoogleError(409, "duplicate", "Already Exists: Dataset " + id);
    }
    DatasetEntry entry = new DatasetEntry(id, clock.millis(), clock.millis(), properties);
    DatasetStore.insert(session, entry);
    InformationSchema.create(session, id);
    return entry;
  }

  public DatasetEntry updateDataset(Session session, DatasetEntry entry, ObjectNode properties)
      throws SQLException {
    DatasetEntry updated =
        new DatasetEntry(entry.id(), entry.created(), clock.millis(), properties);
    DatasetStore.update(session, updated);
    return updated;
  }

  /**
   * Drops a dataset.
   *
   * @throws GoogleError resourceInUse when it still has tables and {@code deleteContents} is false
   */
  public void deleteDataset(Session session, DatasetId id, boolean deleteContents)
      throws SQLException {
    dataset(session, id);
    if (!deleteContents && !tables(session, id).isEmpty()) {
      throw new GoogleError(400, "resourceInUse", "Dataset " + id + " is still in use");
    }
    for (TableEntry table : TableStore.list(session, id)) {
      dropTable(session, table);
    }
    InformationSchema.drop(session, id);
    DatasetStore.delete(session, id);
  }

  public Optional<TableEntry> findTable(Session session, TableId id) throws SQLException {
    return TableStore.find(session, id).filter(entry -> !entry.expiredAt(clock.millis()));
  }

  /**
   * The table or view.
   *
   * @throws GoogleError notFound, naming the dataset when that is what is missing
   */
  public TableEntry table(Session session, TableId id) throws SQLException {
    Optional<TableEntry> entry = findTable(session, id);
    if (entry.isEmpty()) {
      dataset(session, id.datasetId());
      throw GoogleError.notFound("Not found: Table " + id);
    }
    return entry.get();
  }

  public List<TableEntry> tables(Session session, DatasetId id) throws SQLException {
    return TableStore.list(session, id).stream()
        .filter(entry -> !entry.expiredAt(clock.millis()))
        .toList();
  }

  /**
   * What a new table will be.
   *
   * @param expires epoch milliseconds; null takes the dataset's default
   */
  public TableEntry draft(
      DatasetEntry dataset,
      TableId id,
      TableKind kind,
      TableSchema schema,
      ObjectNode properties,
      @Nullable Long expires) {
    long now = clock.millis();
    long lifetime = dataset.defaultTableExpiration();
    boolean byDefault = expires == null && lifetime > 0 && kind == TableKind.TABLE;
    return new TableEntry(
        id,
        kind,
        numbers.incrementAndGet(),
        now,
        byDefault ? Long.valueOf(now + lifetime) : expires,
        schema,
        properties);
  }

  /** Makes room for a new table: an expired one of this name goes away. */
  public void clearExpired(Session session, TableId id) throws SQLException {
    Optional<TableEntry> old = TableStore.find(session, id);
    if (old.isPresent() && old.get().expiredAt(clock.millis())) {
      dropTable(session, old.get());
    }
  }

  /**
   * Creates an empty table from a draft.
   *
   * @throws GoogleError duplicate, or invalid for column names BigQuery refuses
   */
  public TableEntry createTable(Session session, TableEntry draft) throws SQLException {
    clearExpired(session, draft.id());
    if (findTable(session, draft.id()).isPresent()) {
      throw new GoogleError(409, "duplicate", "Already Exists: Table " + draft.id());
    }
    // DuckDB has no table without columns, BigQuery does: one that nobody sees stands in.
    String columns =
        draft.schema().fields().isEmpty()
            ? DuckTypes.quote(NO_COLUMNS) + " BOOLEAN"
            : DuckTypes.columns(draft.schema().checked());
    session.execute("CREATE TABLE " + draft.id().quoted() + " (" + columns + ")");
    return register(session, draft);
  }

  private static final String FORGET_OLDER_CHANGES =
      """
      DELETE FROM _catalog.changes AS c USING (
        SELECT number, max(changed) AS newest FROM _catalog.changes GROUP BY number) AS n
      WHERE c.number = n.number AND c.changed < n.newest
      """;

  static final String NO_COLUMNS = "_no_columns";

  /** Remembers a table or view whose DuckDB counterpart exists already. */
  public TableEntry register(Session session, TableEntry draft) throws SQLException {
    TableStore.insert(session, draft);
    InformationSchema.describe(session, draft);
    touch(session, draft);
    return draft;
  }

  /** Notes that rows changed in this transaction. */
  public void touch(Session session, TableEntry entry) throws SQLException {
    TableStore.changed(session, entry.number(), clock.millis());
  }

  /** When rows or description last changed, epoch milliseconds. */
  public long lastModified(Session session, TableEntry entry) throws SQLException {
    return TableStore.lastChange(session, entry.number()).orElse(entry.created());
  }

  /**
   * Keeps a changed description; columns that are new at the end are added to the DuckDB table.
   *
   * @throws GoogleError invalid when the schema changes in a way BigQuery refuses
   */
  public void update(Session session, TableEntry before, TableEntry after) throws SQLException {
    if (!before.view()) {
      for (String statement : SchemaChange.statements(before, after.schema())) {
        session.execute(statement);
      }
    }
    replaceDescription(session, after);
  }

  /** Keeps a changed description whose DuckDB counterpart has been changed already. */
  public void replaceDescription(Session session, TableEntry after) throws SQLException {
    TableStore.update(session, after);
    InformationSchema.describe(session, after);
    touch(session, after);
  }

  /** Renames within the dataset, once DuckDB's table has been renamed. */
  public TableEntry renamed(Session session, TableEntry entry, TableId to) throws SQLException {
    TableEntry after = entry.withId(to);
    TableStore.delete(session, entry);
    TableStore.insert(session, after);
    touch(session, after);
    return after;
  }

  /** Drops the table or view and what is known of it. */
  public void dropTable(Session session, TableEntry entry) throws SQLException {
    session.execute(
        "DROP " + (entry.view() ? "VIEW " : "TABLE ") + "IF EXISTS " + entry.id().quoted());
    forget(session, entry);
  }

  /** Forgets a table whose DuckDB counterpart is gone already. */
  public void forget(Session session, TableEntry entry) throws SQLException {
    TableStore.delete(session, entry);
    InformationSchema.forget(session, entry);
  }

  /** Drops what has expired, in one transaction per table. */
  public void dropExpired(Session session) throws SQLException {
    for (TableEntry entry : TableStore.expired(session, clock.millis())) {
      session.persistently(
          () -> {
            // By number: a namesake made meanwhile is another table.
            if (TableStore.find(session, entry.id()).filter(entry::sameAs).isPresent()) {
              dropTable(session, entry);
            }
            return entry;
          });
    }
  }

  /** Rows in a table; 0 for a view. */
  public long rows(Session session, TableEntry entry) throws SQLException {
    return entry.view()
        ? 0
        : session
            .query(row -> row.getLong(1), "SELECT count(*) FROM " + entry.id().quoted())
            .get(0);
  }

  /** BigQuery's logical size of a table's rows in bytes; 0 for a view. Reads the whole table. */
  public long bytes(Session session, TableEntry entry) throws SQLException {
    return entry.view() || entry.schema().fields().isEmpty()
        ? 0
        : session
            .query(
                row -> row.getLong(1),
                "SELECT " + LogicalSize.of(entry.schema()) + " FROM " + entry.id().quoted())
            .get(0);
  }

  /** The text of a property, empty when it is not set. */
  static String text(JsonNode properties, String name) {
    return properties.path(name).asText("");
  }
}
