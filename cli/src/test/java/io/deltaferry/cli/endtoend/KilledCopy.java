package io.deltaferry.cli.endtoend;

import com.google.cloud.bigquery.TableId;
import io.deltaferry.cli.compare.CompareTables;
import io.deltaferry.cli.compare.TableComparison;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Copies a generated table by slices with three extractors of 128 MB, kills all of them three times
 * at random, and says how many slices were read again and whether both sides are equal.
 */
final class KilledCopy {
  private static final RunId RUN = new RunId("big", 1);
  private static final int EXTRACTORS = 3;
  private static final int KILLS = 3;

  /** So many that slices of ten million rows have the usual size. */
  private static final int SLICES = 40;

  private static final Duration PATIENCE = Duration.ofHours(2);

  private final RunningStack stack;
  private final TestPostgres postgres;

  private KilledCopy(RunningStack stack, TestPostgres postgres) {
    this.stack = stack;
    this.postgres = postgres;
  }

  /**
   * Runs it; a temporary directory is left behind for a look at the logs.
   *
   * @param arguments how many rows, at least 4,000
   */
  public static void main(String[] arguments) throws Exception {
    long rows = Long.parseLong(arguments[0]);
    Path directory = Files.createTempDirectory("deltaferry-killed-copy");
    TestPostgres postgres = TestPostgres.create();
    postgres.run(
        "CREATE TABLE public.big (id bigint PRIMARY KEY, v text, updated_at timestamptz NOT NULL)",
        """
        INSERT INTO public.big
        SELECT n, md5(n::text), now() - n %% 100000 * interval '1 second' - interval '1 hour'
        FROM generate_series(1, %d) n"""
            .formatted(rows),
        "ANALYZE public.big");
    say("%d rows stand in PostgreSQL; logs in %s", rows, directory);
    try (RunningStack stack =
        new RunningStack(
            directory,
            World.url(postgres),
            "big: {source: public.big, slice_rows: " + rows / SLICES + "}",
            Map.of(),
            EXTRACTORS)) {
      new KilledCopy(stack, postgres).run();
    }
  }

  private void run() throws SQLException, InterruptedException {
    long begun = System.nanoTime();
    String request = stack.request(RUN.table());
    Random random = new Random();
    long next = 0;
    for (int kill = 1; kill <= KILLS; kill++) {
      next += 1 + random.nextInt(8);
      long wanted = next;
      Waiting.until("slice " + wanted, PATIENCE, () -> done() >= wanted || isStaged());
      stack.stack().extractors().forEach(one -> one.handle().destroyForcibly());
      say("kill %d with %d slices done", kill, done());
    }
    Waiting.until(
        "the end",
        PATIENCE,
        () -> stack.ends().stream().anyMatch(end -> end.requestId().equals(request)));
    report(Duration.ofNanos(System.nanoTime() - begun));
  }

  private void report(Duration took) throws SQLException, InterruptedException {
    String name = ObjectNames.manifest(RUN);
    Manifest manifest =
        RunJson.read(name, stack.control().read(name).orElseThrow(), Manifest.class);
    say(
        "%d slices, %d rows in %d s; slices read to their end: %d",
        manifest.receipts().size(), manifest.rows(), took.toSeconds(), extractions());
    try (Connection connection = postgres.admin()) {
      TableComparison comparison =
          new CompareTables(stack.bigQuery())
              .compare(
                  connection, "public", RUN.table(), TableId.of(RunningStack.DATASET, RUN.table()));
      say("compared row by row: %s", comparison);
    }
  }

  private boolean isStaged() {
    return stack.control().read(ObjectNames.manifest(RUN)).isPresent();
  }

  private long done() {
    return stack.control().list(ObjectNames.slicesPrefix(RUN), 10_000).size();
  }

  private long extractions() {
    return stack.logs().lines().filter(line -> line.contains("delta_extracted")).count();
  }

  private static void say(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
