package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.local.LocalJob;
import io.deltaferry.cli.process.TaskExecution;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
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
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables whose rows are read in the job: started over the wire, killed, asked for twice. */
class ExtractJobIT {
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
    world.createBig("killed");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("killed", World.BIG - 1_000);
      String request = stack.request("killed");
      stack.awaitObject("parts/killed/1/");
      TaskExecution execution = execution("killed");
      assertThat(execution.handle().destroyForcibly()).isTrue();
      Waiting.until("a new attempt", RunningStack.PATIENCE, () -> execution.attempts() == 2);
      gate.open();
      world.assertFinishedOnce("killed", 1, request);
      assertThat(execution.attempts()).isEqualTo(2);
    }
    assertThat(world.attempts("killed")).hasSize(2);
  }

  @Test
  void aRequestThatComesTwiceIsCopiedOnce() {
    world.createBig("twice");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("twice", World.BIG - 1_000);
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
      world.assertFinishedOnce("twice", 1, request);
    }
    assertThat(world.attempts("twice")).hasSize(1);
  }

  /** Others ask for it again and again while it is read for longer than its expiry. */
  @Test
  void aLongCopyIsNotTakenOver() {
    world.createBig("slow");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("slow", World.BIG - 1_000);
      String first = stack.request("slow");
      RunId run = new RunId("slow", 1);
      stack.awaitObject(ObjectNames.beat(run, "0", 8));
      String second = stack.request("slow");
      stack.awaitObject(ObjectNames.pending(run, second));
      stack.awaitObject(ObjectNames.beat(run, "0", 10));
      assertThat(KnownRun.of(stack.control(), "slow")).hasSize(1);
      gate.open();
      world.assertFinishedOnce("slow", 1, first);
      assertThat(stack.await(second).seq()).isEqualTo(2);
    }
  }

  /** As if it had been frozen for longer than its expiry, and another request had come. */
  @Test
  void aTaskWhoseRunIsAnothersStops() {
    world.createBig("lost");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("lost", World.BIG - 1_000);
      stack.request("lost");
      stack.awaitObject(ObjectNames.beat(new RunId("lost", 1), "0", 2));
      TaskExecution execution = execution("lost");
      RunId next = new RunId("lost", 2);
      KnownRun.begin(stack.control(), next, KnownRun.Origin.of("another"), "{}");
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
}
