package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobListOption;
import io.deltaferry.cli.local.LocalJob;
import io.deltaferry.cli.process.TaskExecution;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows are read in the job: started over the wire, killed, asked for twice. */
class ExtractJobIT {
  private static final int ROWS = 300_000;
  private static final String TABLES =
      """
      plain: {source: public.plain, extract_in: job}
      killed: {source: public.killed, key: [id], assume_unique: true, part_bytes: 256KiB, extract_in: job}
      twice: {source: public.twice, key: [id], assume_unique: true, part_bytes: 256KiB, extract_in: job}
      slow: {source: public.slow, key: [id], assume_unique: true, extract_in: job, run_expiry: 2s}
      lost: {source: public.lost, key: [id], assume_unique: true, extract_in: job, run_expiry: 2s}
      absent: {source: public.absent, extract_in: job}
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
  void aTableIsCopiedByTheJob() {
    world.create("plain");
    world.assertSyncs("plain");
    assertThat(run("plain").holder()).startsWith("deltaferry-extract-");
    world.touch("plain");
    world.assertSyncs("plain");
    assertThat(stack.merged("plain")).containsExactly("1", "2");
  }

  @Test
  void aTaskThatDiesWithinItsCopyIsStartedAgainAndFinishes() {
    createBig("killed");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("killed", ROWS - 1_000);
      String request = stack.request("killed");
      stack.awaitObject("parts/killed/1/");
      TaskExecution execution = execution("killed");
      assertThat(execution.handle().destroyForcibly()).isTrue();
      Waiting.until("a new attempt", RunningStack.PATIENCE, () -> execution.attempts() == 2);
      gate.open();
      assertFinishedOnce("killed", request);
      assertThat(execution.attempts()).isEqualTo(2);
    }
    assertThat(copies("killed")).hasSize(2);
  }

  @Test
  void aRequestThatComesTwiceIsCopiedOnce() {
    createBig("twice");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("twice", ROWS - 1_000);
      String request = stack.request("twice");
      stack.awaitObject("parts/twice/1/");
      int executions = stack.stack().job().executions().size();
      stack.publishRequest("{\"table\":\"twice\",\"request_id\":\"" + request + "\"}");
      Waiting.until(
          "the second delivery",
          RunningStack.PATIENCE,
          () -> stack.logs().contains("is at work on run twice#1"));
      assertThat(stack.stack().job().executions()).hasSize(executions);
      gate.open();
      assertFinishedOnce("twice", request);
    }
    assertThat(copies("twice")).hasSize(1);
  }

  /** Others ask for it again and again while it is read for longer than its expiry. */
  @Test
  void aLongCopyIsNotTakenOver() {
    createBig("slow");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("slow", ROWS - 1_000);
      String first = stack.request("slow");
      RunId run = new RunId("slow", 1);
      stack.awaitObject(ObjectNames.beat(run, "0", 8));
      String second = stack.request("slow");
      stack.awaitObject(ObjectNames.pending(run, second));
      stack.awaitObject(ObjectNames.beat(run, "0", 10));
      assertThat(KnownRun.of(stack.control(), "slow")).hasSize(1);
      gate.open();
      assertFinishedOnce("slow", first);
      assertThat(stack.await(second).seq()).isEqualTo(2);
    }
  }

  /** As if it had been frozen for longer than its expiry, and another request had come. */
  @Test
  void aTaskWhoseRunIsAnothersStops() {
    createBig("lost");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("lost", ROWS - 1_000);
      stack.request("lost");
      stack.awaitObject(ObjectNames.beat(new RunId("lost", 1), "0", 2));
      TaskExecution execution = execution("lost");
      RunId next = new RunId("lost", 2);
      KnownRun.begin(stack.control(), next, "another", "{}");
      execution.handle().onExit().join();
      assertThat(stack.logs()).contains("run lost#1 has ended, or somebody else works on it");
      assertThat(execution.attempts()).isEqualTo(1);
      assertThat(stack.control().read(ObjectNames.outcome(new RunId("lost", 1), "0"))).isEmpty();
    }
  }

  @Test
  void whatCanNeverSucceedEndsItsRunAndIsKept() {
    SyncCompleted end = stack.sync("absent");
    world.assertRefused(end, ErrorCode.SOURCE_MISSING, "absent");
  }

  @Test
  void whateverElseCloudRunCanDoIsRefused() throws IOException, InterruptedException {
    LocalJob job = stack.stack().job();
    assertThat(
            post(job.url() + "/v2/" + job.name() + ":run", "{\"overrides\":{\"timeout\":\"1s\"}}"))
        .isEqualTo(400);
    assertThat(post(job.url() + "/v2/" + job.name() + "s:run", "{}")).isEqualTo(404);
    assertThat(post(job.url() + "/v2/" + job.name() + ":cancel", "{}")).isEqualTo(404);
  }

  private static int post(String url, String body) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(url))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.discarding())
        .statusCode();
  }

  private static void createBig(String table) {
    postgres.run(
        "CREATE TABLE %s (id int PRIMARY KEY, v text, updated_at timestamptz NOT NULL)"
            .formatted(table),
        """
        INSERT INTO %s SELECT n, md5(n::text), now() - n * interval '1 ms'
        FROM generate_series(1, %d) n"""
            .formatted(table, ROWS));
  }

  private static KnownRun run(String table) {
    return KnownRun.of(stack.control(), table).get(0);
  }

  /** The execution that works on the table's newest run. */
  private static TaskExecution execution(String table) {
    String holder = run(table).holder();
    return stack.stack().job().executions().stream()
        .filter(execution -> execution.name().equals(holder))
        .findFirst()
        .orElseThrow();
  }

  private static void assertFinishedOnce(String table, String request) {
    SyncCompleted end = stack.await(request);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(end.seq()).isEqualTo(1);
    String sums = "count(*), count(DISTINCT id), sum(id * 1), max(v)";
    assertThat(stack.query("SELECT " + sums + " FROM target." + table))
        .isEqualTo(
            postgres.column(
                "SELECT concat_ws('|', count(*), count(DISTINCT id), sum(id::bigint),"
                    + " max(v COLLATE \"C\")) FROM "
                    + table));
  }

  /** The attempts of run 1 that left parts. */
  private static Set<String> copies(String table) {
    String prefix = "parts/" + table + "/1/0/";
    List<Blob> parts =
        StreamSupport.stream(
                stack
                    .storage()
                    .list(RunningStack.BUCKET, BlobListOption.prefix(prefix))
                    .iterateAll()
                    .spliterator(),
                false)
            .toList();
    return parts.stream()
        .map(part -> part.getName().substring(prefix.length()).replaceFirst("/.*", ""))
        .collect(Collectors.toSet());
  }
}
