package io.deltaferry.cli.scale;

import static io.deltaferry.cli.scale.AtScale.require;
import static io.deltaferry.cli.scale.AtScale.say;

import io.deltaferry.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * A transaction stays open while its table is written to and synced: its rows arrive, and no run
 * reads more again than what has changed since it began.
 */
final class OpenTransaction {
  private static final String TABLE = "busy";
  private static final int ROWS = 100_000;

  /** Rows of one of the writer's transactions, each other rows than those before. */
  private static final int ROWS_AT_ONCE = 20;

  private static final int EVERY_MILLIS = 100;
  private static final int BETWEEN_SYNCS_MILLIS = 5_000;
  private static final int SYNCS_AROUND = 3;

  private final Trial trial;
  private volatile boolean stopping;

  private OpenTransaction(Trial trial) {
    this.trial = trial;
  }

  /**
   * Runs it.
   *
   * @param seconds how long the transaction stays open
   */
  static void run(int seconds) throws Exception {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(
        """
        CREATE TABLE public.busy
          (id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL DEFAULT now())""",
        """
        INSERT INTO public.busy
        SELECT n, md5(n::text), now() - interval '1 day' FROM generate_series(1, %d) n"""
            .formatted(ROWS),
        "ANALYZE public.busy");
    try (Trial trial = new Trial("open-transaction", postgres, TABLE + ": {source: public.busy}")) {
      new OpenTransaction(trial).run((long) seconds * 1_000);
    }
  }

  private void run(long openMillis) throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    Future<?> writing = writer.submit(this::write);
    try {
      syncs(SYNCS_AROUND);
      try (Connection late = trial.postgres().admin();
          Statement statement = late.createStatement()) {
        late.setAutoCommit(false);
        statement.execute("INSERT INTO public.busy (id, v) VALUES (0, 'late')");
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(openMillis);
        while (System.nanoTime() < end) {
          syncs(1);
        }
        late.commit();
        say("committed after %d s", openMillis / 1_000);
      }
      syncs(SYNCS_AROUND);
    } finally {
      stopping = true;
      writer.shutdown();
    }
    writing.get();
    trial.sync(TABLE);
    report();
    trial.requireEqualSides(TABLE);
  }

  private Void write() throws SQLException, InterruptedException {
    int next = 1;
    while (!stopping) {
      trial
          .postgres()
          .run(
              "UPDATE public.busy SET v = md5(v), updated_at = now() WHERE id >= %d AND id < %d"
                  .formatted(next, next + ROWS_AT_ONCE));
      next += ROWS_AT_ONCE;
      Thread.sleep(EVERY_MILLIS);
    }
    return null;
  }

  private void syncs(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      trial.sync(TABLE);
      Thread.sleep(BETWEEN_SYNCS_MILLIS);
    }
  }

  /**
   * What each run read again beside what it had to: the rows that were stamped from the bound of
   * the run before on, till that one's end. Each row was written once, so the stamps still say so.
   */
  private void report() {
    say("run | watermark rests on | open for s | seconds below it | rows read | again | had to");
    String bound = "";
    String finished = "";
    for (String line : ledger()) {
      String[] cells = line.split("\\|", -1);
      long again = Long.parseLong(cells[5]);
      long changed = bound.isEmpty() ? 0 : changed(bound, finished);
      say("%s | %,d", String.join(" | ", List.of(cells).subList(0, 6)), changed);
      require(again <= changed, "run " + cells[0] + " read more again than it had to");
      bound = cells[6];
      finished = cells[7];
    }
    require(
        trial.stack().query("SELECT v FROM target.busy WHERE id = 0").equals(List.of("late")),
        "the late row is lost");
  }

  private List<String> ledger() {
    return trial
        .stack()
        .query(
            """
            SELECT seq, bound_reason, TIMESTAMP_DIFF(extract_started, pinned_since, SECOND),
              TIMESTAMP_DIFF(pinned_since, bound, SECOND), rows_extracted, rows_overlap,
              bound, extract_finished
            FROM control.sync_runs WHERE table_name = '%s' ORDER BY seq"""
                .formatted(TABLE));
  }

  /** Rows that were stamped between two moments, in microseconds since the epoch. */
  private long changed(String from, String to) {
    return Long.parseLong(
        trial
            .postgres()
            .column(
                """
                SELECT count(*) FROM public.busy
                WHERE extract(epoch FROM updated_at) * 1000000 BETWEEN %s AND %s"""
                    .formatted(from, to))
            .get(0));
  }
}
