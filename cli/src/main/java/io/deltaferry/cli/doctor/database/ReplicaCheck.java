package io.deltaferry.cli.doctor.database;

import io.deltaferry.cli.doctor.Check;
import io.deltaferry.cli.doctor.Finding;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.service.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A read replica shows changes soon enough, and lets long extractions end.
 *
 * @param lateness the shortest of all tables; a lag beyond that is worth a word
 */
public record ReplicaCheck(SourceSessions sessions, Duration lateness) implements Check {
  private static final Topology.Handler HANDLER = Topology.DEFAULT.handler();

  /**
   * One row: whether it is a replica; the seconds it is behind, 0 when it has replayed all that it
   * has received, NULL when it never replayed anything; its two settings about conflicts.
   */
  private static final String STATE =
      """
      SELECT pg_catalog.pg_is_in_recovery()::text,
        CASE WHEN pg_catalog.pg_is_in_recovery() THEN
          CASE WHEN pg_catalog.pg_last_wal_receive_lsn() = pg_catalog.pg_last_wal_replay_lsn() THEN 0
          ELSE extract(epoch FROM pg_catalog.clock_timestamp()
            - pg_catalog.pg_last_xact_replay_timestamp())::int8 END
        END::text,
        pg_catalog.current_setting('hot_standby_feedback'),
        (SELECT setting FROM pg_catalog.pg_settings WHERE name = 'max_standby_streaming_delay')""";

  /**
   * What the server tells.
   *
   * @param lagSeconds null when it is not known
   * @param delayMillis how long replay waits for a query that is in its way; -1 is for ever
   */
  record Replica(@Nullable Long lagSeconds, boolean feedback, long delayMillis) {}

  @Override
  public String area() {
    return "database";
  }

  @Override
  public String name() {
    return "replica";
  }

  @Override
  public Finding look() {
    List<@Nullable String> row =
        sessions.ask(session -> session.row(STATE, "reading the state of replication"));
    if (!"true".equals(row.get(0))) {
      return Finding.ok("none: this is a primary");
    }
    String lag = row.get(1);
    return judge(
        new Replica(
            lag == null ? null : Long.valueOf(lag),
            "on".equals(row.get(2)),
            Long.parseLong(String.valueOf(row.get(3)))));
  }

  Finding judge(Replica replica) {
    Long lag = replica.lagSeconds();
    if (lag != null && lag > lateness.toSeconds()) {
      return Finding.warning(
          "%d s behind: so old is what every run reads".formatted(lag),
          Remedy.advice("read from the primary, or let runs wait: `max_replica_lag`"));
    }
    String behind = lag == null ? "a replica, its lag is not known" : lag + " s behind";
    List<String> risks = new ArrayList<>();
    List<Remedy> remedies = new ArrayList<>();
    if (!replica.feedback()) {
      risks.add("the primary may vacuum what an extraction still reads");
      remedies.add(Remedy.sql("ALTER SYSTEM SET hot_standby_feedback = on;"));
    }
    if (replica.delayMillis() >= 0 && replica.delayMillis() < HANDLER.budget().toMillis()) {
      risks.add("replay cancels statements after " + replica.delayMillis() / 1_000 + " s");
      remedies.add(
          Remedy.sql(
              "ALTER SYSTEM SET max_standby_streaming_delay = '%ds';"
                  .formatted(HANDLER.timeoutSeconds())));
    }
    if (risks.isEmpty()) {
      return Finding.ok(behind);
    }
    remedies.add(Remedy.sql("SELECT pg_reload_conf();"));
    remedies.add(Remedy.advice("on Cloud SQL and AlloyDB: the flags of the same names"));
    return Finding.warning(
        behind + "; " + String.join("; ", risks), remedies.toArray(Remedy[]::new));
  }
}
