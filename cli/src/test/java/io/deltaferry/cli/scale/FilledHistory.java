package io.deltaferry.cli.scale;

import static io.deltaferry.cli.scale.AtScale.require;
import static io.deltaferry.cli.scale.AtScale.say;

import io.deltaferry.cli.endtoend.Waiting;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.service.Topology;
import io.deltaferry.table.SyncMode;
import io.deltaferry.testing.TestPostgres;
import java.time.Duration;
import java.util.List;

/**
 * A history of five days of which the target loses two, and half of the one between: they are
 * filled day by day while somebody writes, and every process is killed on the way.
 */
final class FilledHistory {
  private static final String TABLE = "history";
  private static final int DAYS = 5;

  private final Trial trial;

  private FilledHistory(Trial trial) {
    this.trial = trial;
  }

  /**
   * Runs it.
   *
   * @param rows of all days
   */
  static void run(int rows) throws Exception {
    TestPostgres postgres = TestPostgres.create();
    int daily = rows / DAYS;
    postgres.run(
        "CREATE TABLE public.history (id bigint PRIMARY KEY, v text, created_at timestamptz, updated_at timestamptz)",
        """
        INSERT INTO public.history
        SELECT n, md5(n::text), timestamptz '2026-03-01 00:00:00+00' + n / %1$d * interval '1 day'
          + n %% %1$d * interval '100 milliseconds', now() - interval '1 hour'
        FROM generate_series(0, %2$d) n"""
            .formatted(daily, DAYS * daily - 1),
        "CREATE INDEX ON public.history (created_at, id)",
        "CREATE INDEX ON public.history (updated_at, id)",
        "ANALYZE public.history");
    try (Trial trial =
        new Trial(
            "filled-history",
            postgres,
            "history: {source: public.history, stamped_by: database, backfill: {column: created_at}}")) {
      new FilledHistory(trial).run();
    }
  }

  private void run() throws Exception {
    trial.sync(TABLE);
    lose("DATE(created_at) IN ('2026-03-02', '2026-03-04')");
    lose("DATE(created_at) = '2026-03-03' AND MOD(id, 2) = 0");
    long begun = System.nanoTime();
    String first = backfill();
    Waiting.until("the first day", Trial.PATIENCE, () -> !days().isEmpty());
    write();
    trial.stack().stack().services().forEach(service -> service.handle().destroyForcibly());
    SyncCompleted end = trial.stack().await(first, Trial.PATIENCE);
    Trial.requireSuccess(end);
    say(
        "filled %s in %d s, with every process killed after the first of them",
        days(), Duration.ofNanos(System.nanoTime() - begun).toSeconds());
    require(
        days().equals(List.of("2026-03-04", "2026-03-03", "2026-03-02")),
        "the days were not read once each, in order");
    trial.sync(TABLE);
    int before = days().size();
    Trial.requireSuccess(trial.stack().await(backfill(), Trial.PATIENCE));
    require(days().size() == before, "a second backfill has read something");
    trial.requireEqualSides(TABLE);
  }

  private void write() {
    trial
        .postgres()
        .run("UPDATE public.history SET v = 'touched', updated_at = now() WHERE id % 1000 = 0");
  }

  private void lose(String condition) {
    trial.stack().query("DELETE FROM target.history WHERE " + condition);
  }

  private String backfill() {
    String id = "backfill-" + System.nanoTime();
    trial
        .stack()
        .publish(
            Topology.DEFAULT.topics().extractRequests(),
            Messages.encode(new ExtractRequest(TABLE, SyncMode.BACKFILL, id)));
    return id;
  }

  private List<String> days() {
    return trial
        .stack()
        .query(
            "SELECT SUBSTR(low, 1, 10) FROM control.sync_runs WHERE mode = 'backfill' ORDER BY seq");
  }
}
