package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.StoredObject;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are read slice by slice. */
class SlicesIT {
  private static final String TABLES =
      """
      copied: {source: public.copied, slice_rows: 2000}
      tied: {source: public.tied, slice_rows: 1000}
      viewed: {query: SELECT * FROM public.viewed, key: [id], slice_rows: 1000}
      quartered: {source: public.quartered, slice_rows: 1000, slices: [id % 2 = 0, id % 2 = 1]}
      slow: {source: public.slow, key: [id], assume_unique: true}
      killed: {query: SELECT * FROM public.killed, key: [id], slice_rows: 1000, parallel_slices: 3}
      left: {query: SELECT * FROM public.left, key: [id], slice_rows: 1000, parallel_slices: 1, run_expiry: 5s}
      gapped: {source: public.gapped, slice_rows: 1000, slices: [id % 3 = 0, id % 3 = 1]}
      """;

  private static final int EXTRACTORS = 3;

  /** Half of it is for reading a slice. */
  private static final int BUDGET_SECONDS = 16;

  private static TestPostgres postgres;
  private static World world;
  private static RunningStack stack;

  @BeforeAll
  static void start(@TempDir Path directory) throws InterruptedException {
    postgres = TestPostgres.create();
    stack =
        new RunningStack(
            directory,
            World.url(postgres),
            TABLES,
            Map.of(ServiceSettings.BUDGET, BUDGET_SECONDS + "s"),
            EXTRACTORS);
    world = new World(postgres, stack);
  }

  @AfterAll
  static void stop() {
    try (World ended = world) {
      ended.assertNothingLeaked();
    }
  }

  @Test
  void aFirstCopyByBlocksAndAnIncrementByCursorAndKey() {
    create("copied", 20_000);
    assertSynced("copied", 1, 20_000);
    assertThat(rows(new RunId("copied", 1))).hasSizeBetween(8, 12);
    postgres.run(
        "UPDATE copied SET v = v || '!', updated_at = clock_timestamp() WHERE id <= 9000",
        "ANALYZE copied");
    assertSynced("copied", 2, 9_000);
    assertThat(rows(new RunId("copied", 2))).contains(2_000L).hasSizeBetween(4, 7);
  }

  @Test
  void oneCursorValueIsCutEvenlyByTheKey() {
    create("tied", 5_000);
    assertSynced("tied", 1, 5_000);
    postgres.run("UPDATE tied SET v = v || '!', updated_at = now()", "ANALYZE tied");
    assertSynced("tied", 2, 5_000);
    assertThat(rows(new RunId("tied", 2))).containsExactly(1_000L, 1_000L, 1_000L, 1_000L, 1_000L);
  }

  @Test
  void aQueryIsCutByCursorAndKey() {
    create("viewed", 3_500);
    assertSynced("viewed", 1, 3_500);
    assertThat(rows(new RunId("viewed", 1))).containsExactly(1_000L, 1_000L, 1_000L, 500L);
  }

  @Test
  void conditionsOfTheTableFileAreSlices() {
    create("quartered", 3_000);
    assertSynced("quartered", 1, 3_000);
    assertThat(rows(new RunId("quartered", 1))).containsExactly(1_500L, 1_500L);
  }

  @Test
  void conditionsThatLeaveRowsOutAreRefused() {
    create("gapped", 3_000);
    world.assertRefused(
        "gapped",
        ErrorCode.SLICES_INVALID,
        "1000 rows satisfy none of the conditions",
        "0 rows more than one");
  }

  /** Each of its rows takes so long that half of them is all that can be read in time. */
  @Test
  void aSliceThatRunsOutOfTimeIsHalved() {
    create("slow", 300);
    postgres.run(
        """
        CREATE FUNCTION public.linger() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
        BEGIN
          IF current_query() LIKE 'COPY%' THEN
            PERFORM pg_sleep(0.035);
          END IF;
          RETURN true;
        END $$""",
        "ALTER TABLE slow RENAME TO slow_rows",
        "CREATE VIEW slow AS SELECT * FROM slow_rows WHERE linger()");
    assertSynced("slow", 1, 300);
    assertThat(manifest(new RunId("slow", 1)).receipts())
        .extracting(Receipt::slice)
        .contains("0.0", "0.1")
        .doesNotContain("0");
  }

  @Test
  void whoIsKilledRedoesNothingThatWasDone() {
    RunId run = new RunId("killed", 1);
    create("killed", 12_000);
    String request;
    Map<String, String> done;
    try (PostgresSession held = holding(run, 9)) {
      assertThat(held.inSnapshot()).isFalse();
      request = stack.request("killed");
      Waiting.until("some slices", RunningStack.PATIENCE, () -> attempts(run).size() >= 4);
      stack.stack().extractors().forEach(extractor -> extractor.handle().destroyForcibly());
      done = attempts(run);
    }
    Waiting.until(
        "the end of " + request,
        // Three services start anew, and what they had begun waits to be delivered again.
        RunningStack.PATIENCE.multipliedBy(3),
        () -> stack.ends().stream().anyMatch(end -> end.requestId().equals(request)));
    world.assertEqualSides("killed");
    assertThat(done).hasSizeBetween(4, 11);
    assertThat(attempts(run)).hasSize(12).containsAllEntriesOf(done);
    assertThat(extractions("killed"))
        .as("copies that came to an end; one of each extractor may have been cut off after that")
        .isBetween(12L, 12L + EXTRACTORS);
  }

  /** A run that nobody works on any more is followed by one that goes on from its slices. */
  @Test
  void whoTakesOverAdoptsWhatIsDone() {
    RunId first = new RunId("left", 1);
    RunId second = new RunId("left", 2);
    create("left", 5_000);
    String request;
    Map<String, String> done;
    try (PostgresSession held = holding(first, 2)) {
      assertThat(held.inSnapshot()).isFalse();
      stack.request("left");
      Waiting.until("two slices", RunningStack.PATIENCE, () -> attempts(first).size() == 2);
      done = attempts(first);
      Waiting.until("quiet", RunningStack.PATIENCE, () -> isQuiet(first));
      request = stack.request("left");
      stack.awaitPlan(second);
    }
    assertThat(stack.await(request).outcome()).isEqualTo(SyncOutcome.COMPLETED);
    world.assertEqualSides("left");
    assertThat(attempts(second)).hasSize(5).containsAllEntriesOf(done);
    assertThat(manifest(second).parts().get(0).name()).startsWith("parts/left/1/0/");
  }

  /** As if another attempt were reading that slice. */
  private static PostgresSession holding(RunId run, int slice) {
    PostgresSession session = postgres.open();
    assertThat(session.tryLock(RunningStack.BUCKET + " work " + run + " " + slice)).isTrue();
    return session;
  }

  private static boolean isQuiet(RunId run) {
    Instant longAgo = Instant.now().minus(Duration.ofSeconds(6));
    return KnownRun.of(stack.control(), run.table()).get(0).newest().isBefore(longAgo);
  }

  /** How often a COPY of the table came to its end. */
  private static long extractions(String table) {
    return stack
        .logs()
        .lines()
        .filter(line -> line.contains("delta_extracted"))
        .filter(line -> line.contains("\"table\":\"" + table + "\""))
        .count();
  }

  /** By the paths of the slices that are done, the attempts that did them. */
  private static Map<String, String> attempts(RunId run) {
    Map<String, String> attempts = new TreeMap<>();
    for (StoredObject object : stack.control().list(ObjectNames.slicesPrefix(run), 1_000)) {
      String text = stack.control().read(object.name()).orElseThrow();
      Receipt receipt = RunJson.read(object.name(), text, Receipt.class);
      attempts.put(receipt.slice(), receipt.attempt());
    }
    return attempts;
  }

  private static void create(String table, int rows) {
    postgres.run(
        "CREATE TABLE public.%s (id int PRIMARY KEY, v text, updated_at timestamptz)"
            .formatted(table),
        """
        INSERT INTO public.%s
        SELECT n, '%s', CASE WHEN n %% 50 > 0 THEN now() - n %% 7 * interval '1 hour' END
        FROM generate_series(1, %d) n"""
            .formatted(table, World.ROW_VALUE, rows),
        "ANALYZE public." + table);
  }

  private static void assertSynced(String table, long seq, long rows) {
    SyncCompleted end = stack.sync(table);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(end.seq()).isEqualTo(seq);
    assertThat(end.rows()).as("rows, with those read once more").isGreaterThanOrEqualTo(rows);
    world.assertEqualSides(table);
  }

  /** How many rows each slice of the run has. */
  private static List<Long> rows(RunId run) {
    return manifest(run).receipts().stream().map(Receipt::rows).toList();
  }

  private static Manifest manifest(RunId run) {
    String name = ObjectNames.manifest(run);
    return RunJson.read(name, stack.control().read(name).orElseThrow(), Manifest.class);
  }
}
