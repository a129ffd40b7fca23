package io.deltaferry.cli.scale;

import static io.deltaferry.cli.scale.AtScale.require;
import static io.deltaferry.cli.scale.AtScale.say;

import io.deltaferry.cli.endtoend.Waiting;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * Copies a generated table by slices, kills every process of all three services three times at
 * random, and counts what was read again because of that.
 */
final class KilledCopy {
  private static final RunId RUN = new RunId("big", 1);
  private static final int KILLS = 3;

  /** So many that slices of ten million rows have the usual size. */
  private static final int SLICES = 40;

  /** A kill after the last slice meets the loader or the merger; one in five does. */
  private static final int STEPS = SLICES * 5 / 4;

  /** Longest time between a step and the kill. */
  private static final int DELAY_MILLIS = 3_000;

  private final Trial trial;
  private final Random random = new Random();

  private KilledCopy(Trial trial) {
    this.trial = trial;
  }

  /**
   * Runs it.
   *
   * @param rows at least 4,000
   */
  static void run(int rows) throws Exception {
    TestPostgres postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE public.big (id bigint PRIMARY KEY, v text, updated_at timestamptz NOT NULL)",
        """
        INSERT INTO public.big
        SELECT n, md5(n::text), now() - n %% 100000 * interval '1 second' - interval '1 hour'
        FROM generate_series(1, %d) n"""
            .formatted(rows),
        "ANALYZE public.big");
    try (Trial trial =
        new Trial(
            "killed-copy",
            postgres,
            "big: {source: public.big, slice_rows: " + rows / SLICES + "}")) {
      new KilledCopy(trial).run();
    }
  }

  private void run() throws Exception {
    long begun = System.nanoTime();
    String request = trial.stack().request(RUN.table());
    int copies = 0;
    for (int step : random.ints(0, STEPS + 1).distinct().limit(KILLS).sorted().toArray()) {
      copies += killAfter(step);
    }
    SyncCompleted end = trial.stack().await(request, Trial.PATIENCE);
    Trial.requireSuccess(end);
    Manifest manifest = trial.manifest(RUN);
    long finished = finished();
    say(
        "%,d rows in %d slices, %d s; %d copies cut off, %d finished copies not used",
        manifest.rows(),
        manifest.receipts().size(),
        Duration.ofNanos(System.nanoTime() - begun).toSeconds(),
        copies,
        finished - manifest.receipts().size());
    require(
        copies + finished - manifest.receipts().size() <= (long) KILLS * Trial.EXTRACTORS,
        "more was read again than the kills have cut off");
    require(trial.stack().merged(RUN.table()).equals(List.of("1")), "the run has not merged once");
    trial.requireEqualSides(RUN.table());
  }

  /** Answers how many copies were under way. */
  private int killAfter(int step) throws InterruptedException {
    Waiting.until(
        "step " + step, Trial.PATIENCE, () -> isStaged() || (step <= SLICES && done() >= step));
    Thread.sleep(random.nextInt(DELAY_MILLIS));
    String copies =
        trial
            .postgres()
            .column(
                """
                SELECT count(*) || ' ' || coalesce(sum(tuples_processed), 0)
                FROM pg_stat_progress_copy WHERE datname = current_database()""")
            .get(0);
    boolean staged = isStaged();
    long done = done();
    everything().forEach(service -> service.handle().destroyForcibly());
    String[] countAndRows = copies.split(" ", 2);
    say(
        "killed all %d processes after %d slices%s; %s copies under way had read %s rows",
        everything().size(),
        done,
        staged ? " and the manifest" : "",
        countAndRows[0],
        countAndRows[1]);
    return Integer.parseInt(countAndRows[0]);
  }

  private List<ServiceProcess> everything() {
    return trial.stack().stack().services();
  }

  private boolean isStaged() {
    return trial.stack().control().read(ObjectNames.manifest(RUN)).isPresent();
  }

  private long done() {
    return trial.stack().control().list(ObjectNames.slicesPrefix(RUN), 10_000).stream()
        .filter(object -> object.name().endsWith("/outcome.json"))
        .count();
  }

  /** Copies that came to their end, each told in the log. */
  private long finished() {
    return trial.stack().logs().lines().filter(line -> line.contains("delta_extracted")).count();
  }
}
