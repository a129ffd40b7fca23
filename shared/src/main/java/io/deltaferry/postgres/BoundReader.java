package io.deltaferry.postgres;

import io.deltaferry.bound.Activity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads what bounds a run's watermark. Each statement is a transaction of its own: within one, the
 * activity would be that of its first look.
 */
public final class BoundReader {
  /**
   * One row a session. Times are microseconds since 1970. Only those who log in as we do can wear
   * our mark, and only until their transaction writes.
   */
  private static final String SESSIONS =
      """
      SELECT a.pid, a.backend_type, a.state,
        (extract(epoch FROM a.xact_start) * 1000000)::int8,
        (extract(epoch FROM a.query_start) * 1000000)::int8,
        a.backend_xid IS NOT NULL,
        a.usename = session_user AND a.pid IN (
      %s)
      FROM pg_catalog.pg_stat_activity AS a
      WHERE a.datname = pg_catalog.current_database() AND a.pid <> pg_catalog.pg_backend_pid()"""
          .formatted(ReaderMark.wearers().indent(2));

  private static final String PREPARED =
      """
      SELECT count(*)::text FROM pg_catalog.pg_prepared_xacts
      WHERE database = pg_catalog.current_database()""";

  /** What was received is looked at first: it can only be replayed later. */
  private static final String REPLICA =
      """
      SELECT pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())::text,
        pg_catalog.pg_is_in_recovery()::text,
        EXISTS (SELECT FROM pg_catalog.pg_stat_wal_receiver WHERE pid IS NOT NULL)::text,
        CASE WHEN pg_catalog.pg_is_in_recovery() THEN
          pg_catalog.pg_last_wal_receive_lsn() <= pg_catalog.pg_last_wal_replay_lsn() END::text,
        (extract(epoch FROM CASE WHEN pg_catalog.pg_is_in_recovery()
          THEN pg_catalog.pg_last_xact_replay_timestamp() END) * 1000000)::int8::text""";

  private static final String WHAT = "reading the open transactions";

  private final PostgresSession session;

  /**
   * Takes a session in autocommit.
   *
   * @throws IllegalStateException when its snapshot has begun: then it is too late
   */
  public BoundReader(PostgresSession session) {
    if (session.inSnapshot()) {
      throw new IllegalStateException("the activity is read before the snapshot");
    }
    this.session = session;
  }

  /**
   * The clock, the sessions, the prepared transactions, in this order.
   *
   * @throws io.deltaferry.error.DeltaferryException SOURCE_UNAVAILABLE
   */
  public Activity read() {
    Instant clock = session.clock();
    List<Activity.Session> sessions = sessions();
    long prepared = Long.parseLong(session.text(PREPARED, WHAT).orElseThrow());
    List<@Nullable String> server = session.row(REPLICA, WHAT);
    return new Activity(clock, sessions, prepared, String.valueOf(server.get(0)), replica(server));
  }

  private static Activity.@Nullable Replica replica(List<@Nullable String> server) {
    String replayed = server.get(4);
    return "true".equals(server.get(1))
        ? new Activity.Replica(
            "true".equals(server.get(2)),
            "true".equals(server.get(3)),
            replayed == null ? null : instant(Long.parseLong(replayed)))
        : null;
  }

  private List<Activity.Session> sessions() {
    try (Statement statement = session.connection().createStatement();
        ResultSet row = statement.executeQuery(SESSIONS)) {
      List<Activity.Session> sessions = new ArrayList<>();
      while (row.next()) {
        sessions.add(
            new Activity.Session(
                row.getInt(1),
                row.getString(2),
                row.getString(3),
                instant(row, 4),
                instant(row, 5),
                row.getBoolean(6),
                row.getBoolean(7)));
      }
      return sessions;
    } catch (SQLException e) {
      throw SourceFailures.translate(e, WHAT);
    }
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    long micros = row.getLong(column);
    return row.wasNull() ? null : instant(micros);
  }

  static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L);
  }
}
