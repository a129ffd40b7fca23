package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.util.List;
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
      gapped: {source: public.gapped, slice_rows: 1000, slices: [id % 3 = 0, id % 3 = 1]}
      """;

  private static TestPostgres postgres;
  private static World world;
  private static RunningStack stack;

  @BeforeAll
  static void start(@TempDir Path directory) throws InterruptedException {
    postgres = TestPostgres.create();
    stack = new RunningStack(directory, World.url(postgres), TABLES);
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
    String name = ObjectNames.manifest(run);
    String text = stack.control().read(name).orElseThrow();
    return RunJson.read(name, text, Manifest.class).receipts().stream().map(Receipt::rows).toList();
  }
}
