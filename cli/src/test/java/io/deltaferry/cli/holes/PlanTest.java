package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.google.cloud.bigquery.TableId;
import com.google.pubsub.v1.ProjectName;
import io.deltaferry.cli.CommandRun;
import io.deltaferry.cli.endpoint.ReadyFile;
import io.deltaferry.cli.endpoint.ReadyStack;
import io.deltaferry.cli.holes.RecordingDoor.Call;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code plan} shows is what the next run does, and showing it changes nothing. */
@Timeout(180)
class PlanTest {
  private static final Bench BENCH = Bench.shared();

  private final ConcurrentLinkedQueue<Call> calls = new ConcurrentLinkedQueue<>();

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @SuppressWarnings("NullAway.Init") // set before each test
  private RecordingDoor bigQuery;

  @SuppressWarnings("NullAway.Init") // set before each test
  private RecordingDoor storage;

  @SuppressWarnings("NullAway.Init") // set before each test
  private LocalPubSub pubSub;

  @BeforeEach
  void open() throws IOException {
    bigQuery = new RecordingDoor(BENCH.endpoints.getOrDefault("BIGQUERY_EMULATOR_HOST", ""), calls);
    storage = new RecordingDoor(BENCH.endpoints.getOrDefault("STORAGE_EMULATOR_HOST", ""), calls);
    pubSub = new LocalPubSub(PubSubSettings.inMemory()).start();
    BENCH.postgres.run(
        "DO $$ BEGIN CREATE ROLE planner LOGIN PASSWORD 'planner'; EXCEPTION WHEN duplicate_object"
            + " THEN NULL; END $$",
        "ALTER ROLE planner SET default_transaction_read_only = on",
        "GRANT pg_read_all_stats TO planner");
  }

  @AfterEach
  void close() {
    bigQuery.close();
    storage.close();
    pubSub.close();
  }

  @Test
  void itShowsTheFirstRunAndTheNextOneAndWritesNothing() throws IOException {
    Line line = BENCH.line();
    BENCH.postgres.run("GRANT SELECT ON public.%s TO planner".formatted(line.table));
    line.write("v", 1, 2, 3);
    JsonNode first = plan(line);
    assertThat(first.path("low_reason").asText()).isEqualTo("NO_TARGET");
    assertThat(first.path("mode").asText()).isEqualTo("incremental");
    assertThat(first.path("copy").asText()).contains("COPY (", "\"" + line.table + "\"");
    assertThat(first.path("create").asText()).contains("CREATE TABLE", "`id` INT64 NOT NULL");
    assertThat(first.path("merge").asText())
        .contains("MERGE `my-shop`.`target`", line.table + "__1`");
    assertThat(
            line.rows(
                "SELECT COUNT(*) FROM target.INFORMATION_SCHEMA.TABLES WHERE table_name = '%s'"))
        .as("the target is not made")
        .containsExactly("0");

    line.sync();
    BENCH.postgres.run("ALTER TABLE public.%s ADD COLUMN w text".formatted(line.table));
    line.write("changed", 2);
    JsonNode next = plan(line);
    assertThat(next.path("low_reason").asText()).isEqualTo("STATE");
    assertThat(next.path("low").asText())
        .isEqualTo(line.rows("SELECT next_low FROM control.`state__%s`").get(0));
    assertThat(next.path("schema_change").asText()).isEqualTo("add w STRING");
    assertThat(next.path("alter").asText()).contains("ADD COLUMN IF NOT EXISTS `w` STRING");
    assertThat(next.path("create").isNull()).isTrue();
    assertThat(next.path("merge").asText()).contains(line.table + "__2`");
    assertThat(next.has("merge_bytes") && next.path("merge_bytes").isNull())
        .as("a column is still missing")
        .isTrue();

    assertThat(calls).isNotEmpty().allSatisfy(PlanTest::assertReads);
    assertThat(calls).extracting(Call::method).contains("POST");
    try (PubSubAdmin admin = admin()) {
      assertThat(admin.topics().listTopics(ProjectName.of(Bench.PROJECT)).iterateAll()).isEmpty();
    }
    line.sync();
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void columnsHaveTheTargetsNames() throws IOException {
    Line line = BENCH.line("slice_rows: 100", "columns: {updated_at: {rename: changed_at}}");
    BENCH.postgres.run("GRANT SELECT ON public.%s TO planner".formatted(line.table));
    BENCH.postgres.run(
        "INSERT INTO public.%s SELECT i, 'v' FROM generate_series(1, 300) AS i"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    JsonNode sliced = plan(line);
    assertThat(sliced.path("slices").asInt()).isGreaterThan(1);
    assertThat(sliced.path("merge").asText())
        .contains("`changed_at`")
        .doesNotContain("`updated_at`");
  }

  @Test
  void theTextIsShortAndItsStatementsFollowOnRequest() throws IOException {
    Line line = BENCH.line();
    BENCH.postgres.run("GRANT SELECT ON public.%s TO planner".formatted(line.table));
    line.write("v", 1);
    String text = run(line).out();
    assertThat(text)
        .containsPattern("table +mode +rows +bytes +merge bytes +slices +reads from +target")
        .containsPattern(
            line.table + " +incremental +[0-9,]+ +[0-9,-]+ +0 +1 +the beginning +target")
        .contains("  low: from the beginning (NO_TARGET)", "  target: a new table")
        .contains("  merge: the target is a new one; BigQuery reads the delta alone")
        .doesNotContain("COPY (");
    assertThat(run(line, "--sql").out())
        .contains("-- " + line.table + ": PostgreSQL\nCOPY (", "BEGIN TRANSACTION;");
  }

  @Test
  void aTableOfWhoseChangesALogTells() throws IOException {
    Line line = Logged.settled(Logged.line(), 3);
    BENCH.postgres.run(
        "GRANT SELECT ON public.%1$s, public.%1$s_log TO planner".formatted(line.table));
    Logged.delete(line, 2);
    assertThat(run(line).out())
        .containsPattern(line.table + " +change_log +[0-9,]+ ")
        .contains("low: from 3 (STATE)", "BigQuery reads ");
    JsonNode plan = plan(line);
    assertThat(plan.path("copy").asText())
        .contains("FROM \"public\".\"" + line.table + "_log\"", "LEFT JOIN");
    assertThat(plan.path("merge").asText()).contains("WHEN MATCHED AND _df_delta.`_df_deleted`");
    assertThat(calls).allSatisfy(PlanTest::assertReads);
    line.sync();
    assertThat(Logged.deleted(line)).containsExactly("2");
  }

  @Test
  void theViewBesideTheTarget() throws IOException {
    Line line = BENCH.line("view: true");
    BENCH.postgres.run("GRANT SELECT ON public.%s TO planner".formatted(line.table));
    line.write("v", 1);
    String view = "  view: target.current_" + line.table;
    assertThat(run(line).out()).contains(view + ", which the run makes");
    line.sync();
    assertThat(run(line, "--sql").out())
        .contains(view + ", which stays as it is")
        .doesNotContain("CREATE OR REPLACE VIEW");
    BENCH.postgres.run("ALTER TABLE public.%s ADD COLUMN w text".formatted(line.table));
    JsonNode plan = plan(line);
    assertThat(plan.path("view").asText()).isEqualTo("my-shop.target.current_" + line.table);
    assertThat(plan.path("create_view").asText())
        .startsWith("CREATE OR REPLACE VIEW `my-shop`.`target`.`current_" + line.table + "`");
  }

  @Test
  void whatARunWouldBeRefusedForIsSaidAndAnUnknownTableToo() throws IOException {
    Line hidden = BENCH.line();
    CommandRun run = run(hidden);
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out())
        .containsPattern(hidden.table + " +")
        .contains("missing: table " + hidden.table + "/source: may not be read by planner");
    Line lost = BENCH.over("plan_lost", "source: public.plan_lost");
    assertThat(run(lost).out()).contains("refused: SOURCE_MISSING: ");
    CommandRun unknown = run(lost, "plan_lots");
    assertThat(unknown.exit()).isEqualTo(2);
    assertThat(unknown.err()).contains("did you mean 'plan_lost'?");
  }

  /** As many as the merge itself: the whole target, here, since all its columns are updated. */
  @ParameterizedTest
  @ValueSource(strings = {"mode: incremental", "mode: append", "mode: replace"})
  void whatBigQueryReadsToMerge(String mode) throws IOException {
    Line line =
        BENCH.line(
            mode,
            "columns: {v: {rename: w}, tags: {arrays: repeated}}",
            "partition_by: updated_at",
            "require_partition_filter: true");
    BENCH.postgres.run(
        "ALTER TABLE public.%s ADD COLUMN tags text[]".formatted(line.table),
        "GRANT SELECT ON public.%s TO planner".formatted(line.table));
    line.write("v", 1, 2, 3);
    line.sync();
    long size = BENCH.clients.bigQuery().getTable(TableId.of("target", line.table)).getNumBytes();
    assertThat(size).isPositive();
    long bytes = plan(line).path("merge_bytes").asLong(-1);
    assertThat(bytes).isEqualTo(mode.endsWith("incremental") ? size : 0);
    assertThat(calls).isNotEmpty().allSatisfy(PlanTest::assertReads);
    assertThat(calls).as("it is asked for").anyMatch(call -> call.body().contains("dryRun"));
  }

  /** A GET, a question about permissions, a query that only reads, or one that is not run. */
  private static void assertReads(Call call) {
    if (call.method().equals("GET")
        || call.path().endsWith("IamPermissions")
        || call.path().endsWith("IamPolicy")) {
      return;
    }
    assertThat(call.method()).as("%s", call).isEqualTo("POST");
    assertThat(call.path()).as("%s", call).matches("/bigquery/v2/projects/[^/]+/(queries|jobs)");
    JsonNode body = json(call.body());
    if (body.path("configuration").path("dryRun").asBoolean()) {
      return;
    }
    String query =
        body.has("query")
            ? body.path("query").asText()
            : body.path("configuration").path("query").path("query").asText();
    assertThat(query.strip()).as("%s", call).startsWith("SELECT");
  }

  private JsonNode plan(Line line) throws IOException {
    CommandRun run = run(line, "--json");
    assertThat(run.json()).as(run.err()).hasSize(1);
    return run.json().get(0);
  }

  private CommandRun run(Line line, String... options) throws IOException {
    Path data = directory.resolve("data");
    new ReadyFile(data)
        .write(
            new ReadyStack(
                true,
                Bench.PROJECT,
                bigQuery.url(),
                storage.url(),
                pubSub.grpcTarget(),
                "",
                "",
                "",
                "",
                data.toString()),
            line.tableFile,
            "");
    return CommandRun.of(
        Stream.concat(
                Stream.of("plan", "--data-dir", data.toString(), "--source", source()),
                Stream.of(options))
            .toArray(String[]::new));
  }

  /** With a role that may read what it was granted, and write nothing. */
  private static String source() {
    return "postgresql://planner:planner@127.0.0.1:%d/%s"
        .formatted(TestPostgres.port(), BENCH.postgres.config().user());
  }

  private PubSubAdmin admin() {
    return PubSubAdmin.connect(
        new GoogleClients(Bench.PROJECT, Map.of("PUBSUB_EMULATOR_HOST", pubSub.grpcTarget())));
  }

  private static JsonNode json(String text) {
    try {
      return JsonMapper.builder().build().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError(text, e);
    }
  }
}
