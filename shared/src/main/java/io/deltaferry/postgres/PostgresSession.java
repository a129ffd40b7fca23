package io.deltaferry.postgres;

import com.google.common.hash.Hashing;
import io.deltaferry.sql.PgTable;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.copy.CopyOut;
import org.postgresql.core.BaseConnection;

/** One pinned session, for one thread; closing rolls an open transaction back. */
public final class PostgresSession implements AutoCloseable {
  private static final String SAVEPOINT = "df_savepoint";

  private static final String REPLAYED =
      """
      CASE WHEN pg_catalog.pg_is_in_recovery() THEN
        pg_catalog.pg_wal_lsn_diff(pg_catalog.pg_last_wal_replay_lsn(), '0/0')::int8 END""";

  private final Connection connection;
  private boolean inSnapshot;

  /** How far a replica had replayed when the snapshot was taken; null on a primary. */
  private @Nullable Long replayed;

  PostgresSession(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /**
   * The database's clock ({@code clock_timestamp()}); to be read before the snapshot begins.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_UNAVAILABLE
   */
  public Instant clock() {
    String micros =
        "SELECT (extract(epoch FROM pg_catalog.clock_timestamp()) * 1000000)::int8::text";
    long value = Long.parseLong(text(micros, "reading the database's clock").orElseThrow());
    return BoundReader.instant(value);
  }

  /**
   * Begins the transaction in which all later statements see one snapshot, and locks the table
   * against being rewritten, truncated or dropped meanwhile. The lock comes before the snapshot: a
   * TRUNCATE between the two would show no rows and no error.
   *
   * @param table to lock with its partitions; null when the source is a query
   * @throws io.deltaferry.error.DeltaferryException SOURCE_MISSING, SOURCE_DENIED,
   *     SOURCE_UNAVAILABLE
   */
  public void beginSnapshot(@Nullable PgTable table) {
    beginSnapshotOf(table == null ? List.of() : List.of(table));
  }

  /**
   * The same for several tables.
   *
   * @param tables to lock with their partitions
   * @throws io.deltaferry.error.DeltaferryException as for one
   */
  public void beginSnapshotOf(List<PgTable> tables) {
    if (inSnapshot) {
      throw new IllegalStateException("the snapshot has begun");
    }
    String names = tables.stream().map(PgTable::sql).collect(Collectors.joining(", "));
    String what = "reading " + (names.isEmpty() ? "the source" : names);
    try {
      // Asked before the transaction begins, since any query would take the snapshot.
      List<PgTable> locked = lockable(tables);
      connection.setAutoCommit(false);
      execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
      inSnapshot = true;
      for (PgTable table : locked) {
        execute("LOCK TABLE " + table.sql() + " IN ACCESS SHARE MODE");
      }
      // A query like any other, it takes the snapshot.
      String replay = row("SELECT " + REPLAYED + ", " + ReaderMark.take(), what).get(0);
      replayed = replay == null ? null : Long.valueOf(replay);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, what);
    }
  }

  private List<PgTable> lockable(List<PgTable> tables) throws SQLException {
    List<PgTable> lockable = new ArrayList<>();
    for (PgTable table : tables) {
      if (new CatalogReader(this).isLockable(table)) {
        lockable.add(table);
      }
    }
    return lockable;
  }

  /**
   * The same session, in which no statement may write any more.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_UNAVAILABLE
   */
  public PostgresSession readOnly() {
    try {
      execute("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY");
      return this;
    } catch (SQLException e) {
      throw SourceFailures.translate(e, "making the session read only");
    }
  }

  /** Whether all statements see one snapshot. */
  public boolean inSnapshot() {
    return inSnapshot;
  }

  /**
   * The first column of the first row as text; empty when there is no row or it is NULL.
   *
   * @param what was being done, for the message of a failure
   */
  public Optional<String> text(String sql, String what) {
    List<@Nullable String> row = row(sql, what);
    return row.isEmpty() ? Optional.empty() : Optional.ofNullable(row.get(0));
  }

  /**
   * The first row as texts; empty when there is none.
   *
   * @param what was being done, for the message of a failure
   */
  public List<@Nullable String> row(String sql, String what) {
    return rows(sql, what).stream().findFirst().orElse(List.of());
  }

  /**
   * All rows as texts.
   *
   * @param what was being done, for the message of a failure
   */
  public List<List<@Nullable String>> rows(String sql, String what) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<List<@Nullable String>> all = new ArrayList<>();
      while (rows.next()) {
        List<@Nullable String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getString(i));
        }
        all.add(row);
      }
      return all;
    } catch (SQLException e) {
      throw SourceFailures.translate(e, what);
    }
  }

  /**
   * The number of the snapshot, which a later one exceeds: it sees further transactions, or fewer
   * of those that it knows are still in flight. Snapshots of one number see the same rows.
   *
   * <p>A replica's snapshots list nobody in flight. There the number is the place in the log up to
   * which it had replayed.
   */
  public long snapshotNumber() {
    if (replayed != null) {
      return replayed;
    }
    String sql =
        """
        SELECT (
          pg_catalog.pg_snapshot_xmax(df_snapshot)::text::int8 * 65536 + 65535
          - least(65535, (SELECT count(*) FROM pg_catalog.pg_snapshot_xip(df_snapshot)))
        )::text
        FROM pg_catalog.pg_current_snapshot() AS df_snapshot""";
    return Long.parseLong(text(sql, "numbering the snapshot").orElseThrow());
  }

  /**
   * Takes a lock that the session holds until it ends, on a standby too; false when another session
   * has it.
   *
   * @param name means whatever those mean who take it
   */
  public boolean tryLock(String name) {
    long number = Hashing.sha256().hashString(name, StandardCharsets.UTF_8).asLong();
    String sql = "SELECT pg_catalog.pg_try_advisory_lock(" + number + ")::text";
    return text(sql, "taking a lock").orElseThrow().equals("true");
  }

  /**
   * Starts a COPY; nothing else may use the session until the rows are closed.
   *
   * @param sql {@code COPY (..) TO STDOUT ..}
   * @param what is being done, for the message of a failure
   */
  public CopyRows copy(String sql, String what) {
    try {
      CopyOut copy = new CopyManager(connection.unwrap(BaseConnection.class)).copyOut(sql);
      return new CopyRows(copy, this, what);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, what);
    }
  }

  /** Marks a point in the snapshot to which {@link #rollbackToSavepoint} can return. */
  public void savepoint() {
    translated("SAVEPOINT " + SAVEPOINT, "setting a savepoint");
  }

  /** Makes the session usable again after a statement that failed or was cancelled. */
  public void rollbackToSavepoint() {
    translated("ROLLBACK TO SAVEPOINT " + SAVEPOINT, "returning to a savepoint");
  }

  private void translated(String sql, String what) {
    try {
      execute(sql);
    } catch (SQLException e) {
      throw SourceFailures.translate(e, what);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Asks the server to cancel the running statement; from any thread. A cancel that does not get
   * through is left to the statement timeout.
   */
  public void cancel() {
    try {
      connection.unwrap(PGConnection.class).cancelQuery();
    } catch (SQLException e) {
      return;
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // The session is over either way; the server rolls back what was open.
      return;
    }
  }
}
