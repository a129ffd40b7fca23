package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.NotCheckedException;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.sql.PgIdentifier;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transactions in flight can be seen, so that they bound the watermarks, and none is open for
 * long: every run would read again what changed since.
 *
 * @param lateness the shortest of all tables; a transaction that is open for longer is worth a word
 * @param strict whether a table would rather fail than rest on its lateness
 */
public record TransactionsCheck(SourceSessions sessions, Duration lateness, boolean strict)
    implements Check {
  /**
   * One row: whether it is a replica, which shows its own sessions only; whether sessions are
   * tracked; whether the user sees those of others; the seconds since the oldest began. Our own
   * sessions only read.
   */
  private static final String STATE =
      """
      SELECT pg_catalog.pg_is_in_recovery()::text,
        (pg_catalog.current_setting('track_activities') = 'on'
          AND count(*) FILTER (WHERE state = 'disabled') = 0)::text,
        pg_catalog.pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')::text,
        greatest(
          extract(epoch FROM pg_catalog.clock_timestamp() - min(xact_start))::int8,
          (SELECT extract(epoch FROM pg_catalog.clock_timestamp() - min(prepared))::int8
            FROM pg_catalog.pg_prepared_xacts
            WHERE database = pg_catalog.current_database()))::text
      FROM pg_catalog.pg_stat_activity
      WHERE datname = pg_catalog.current_database() AND backend_type = 'client backend'
        AND application_name <> '%s'"""
          .formatted(PostgresSource.APPLICATION_NAME);

  @Override
  public String area() {
    return "database";
  }

  @Override
  public String name() {
    return "open transactions";
  }

  @Override
  public Finding look() {
    List<@Nullable String> row =
        sessions.ask(session -> session.row(STATE, "reading pg_stat_activity"));
    if ("true".equals(row.get(0))) {
      throw new NotCheckedException("a replica does not show the primary's");
    }
    if (!"true".equals(row.get(1))) {
      return unseen(
          "not tracked",
          Remedy.sql("ALTER SYSTEM SET track_activities = on;"),
          Remedy.sql("SELECT pg_reload_conf();"));
    }
    if (!"true".equals(row.get(2))) {
      return unseen(
          "those of other users are hidden",
          Remedy.sql(
              "GRANT pg_read_all_stats TO %s;"
                  .formatted(PgIdentifier.quote(sessions.config().user()))));
    }
    String seconds = row.get(3);
    return seconds == null ? Finding.ok("none") : age(Long.parseLong(seconds));
  }

  private Finding unseen(String why, Remedy... remedies) {
    return strict
        ? Finding.missing(why + ": runs of strict tables fail", remedies)
        : Finding.warning(
            why + ": watermarks rest on `lateness`, and rows of one that outlasts it are missed",
            remedies);
  }

  private Finding age(long seconds) {
    if (seconds <= lateness.toSeconds()) {
      return Finding.ok("the oldest began " + seconds + " s ago");
    }
    return Finding.warning(
        "one is open for %d s and keeps watermarks back: what changed since is read by every run"
            .formatted(seconds),
        Remedy.sql(
            "SELECT pid, usename, application_name, xact_start FROM pg_stat_activity"
                + " ORDER BY xact_start LIMIT 5;"),
        Remedy.advice("end it; one in pg_prepared_xacts by COMMIT PREPARED or ROLLBACK PREPARED"));
  }
}
