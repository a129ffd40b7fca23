package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.Job;
import com.google.cloud.bigquery.JobId;
import com.google.cloud.bigquery.JobStatus;
import io.deltaferry.cli.process.ServiceProcess;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.StagedDelta;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.StagedRun;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services die at the worst moments; what they had begun is finished once, and nothing doubles. */
class KillIT {
  private static final String TABLES =
      """
      copying: {source: public.copying, key: [id], assume_unique: true, part_bytes: 256KiB}
      loading: {source: public.loading}
      merging: {source: public.merging}
      replayed: {source: public.replayed}
      untold: {source: public.untold}
      halfway: {source: public.halfway}
      refused: {source: public.refused}
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
  void theExtractorWithinACopy() {
    world.createBig("copying");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("copying", World.BIG - 1_000);
      String request = stack.request("copying");
      stack.awaitObject("parts/copying/1/");
      killed("extractor");
      assertThat(stack.control().read(ObjectNames.outcome(new RunId("copying", 1), "0"))).isEmpty();
      gate.open();
      world.assertFinishedOnce("copying", 1, request);
    }
    assertThat(world.attempts("copying")).as("attempts that left parts").hasSize(2);
  }

  @Test
  void theLoaderWithinItsLoad() {
    world.createBig("loading");
    String request = stack.request("loading");
    StagedRun run = staged(new RunId("loading", 1));
    assertThat(stateOf(job(run.jobName("load")))).isNotEqualTo(JobStatus.State.DONE);
    killed("loader");
    world.assertFinishedOnce("loading", 1, request);
    assertThat(find(run.jobName("load") + "_a2")).as("a second load").isEmpty();
  }

  @Test
  void theMergerWithinItsMerge() {
    world.createBig("merging");
    world.assertFinishedOnce("merging", 1, stack.request("merging"));
    postgres.run("UPDATE merging SET v = v || '!', updated_at = clock_timestamp()");
    String request = stack.request("merging");
    StagedRun run = staged(new RunId("merging", 2));
    assertThat(stateOf(job(run.jobName("merge")))).isNotEqualTo(JobStatus.State.DONE);
    killed("merger");
    world.assertFinishedOnce("merging", 2, request);
    assertThat(find(run.jobName("merge") + "_a2")).as("a second merge").isEmpty();
  }

  /** The transaction has committed, the temp table is gone, and nobody has been told. */
  @Test
  void theMergerBetweenItsCommitAndTellingIt() {
    world.create("untold");
    world.assertSyncs("untold");
    RunId run = new RunId("untold", 1);
    forget(ObjectNames.end(run));
    int told = stack.ends(run).size();
    replayLoaded(run);
    Waiting.until("the end", RunningStack.PATIENCE, () -> stack.ends(run).size() > told);
    assertThat(stack.ends(run))
        .allMatch(end -> end.outcome() == SyncOutcome.COMPLETED && end.rows() == 3);
    assertThat(stack.merged("untold")).containsExactly("1");
    world.assertEqualSides("untold");
  }

  /** The outcome stands, and neither manifest nor end. */
  @Test
  void theExtractorBetweenItsReceiptAndTheManifest() {
    world.create("halfway");
    String request = stack.request("halfway");
    stack.await(request);
    RunId run = new RunId("halfway", 1);
    forget(ObjectNames.end(run));
    forget(ObjectNames.manifest(run));
    int told = stack.ends(run).size();
    stack.publishRequest("{\"table\":\"halfway\",\"request_id\":\"" + request + "\"}");
    Waiting.until("the end", RunningStack.PATIENCE, () -> stack.ends(run).size() > told);
    assertThat(stack.ends(run)).allMatch(end -> end.outcome() == SyncOutcome.COMPLETED);
    assertThat(stack.merged("halfway")).containsExactly("1");
    assertThat(world.attempts("halfway")).hasSize(1);
    world.assertEqualSides("halfway");
  }

  /** A request that could not be planned has its number, and nobody has been told why. */
  @Test
  void theExtractorBetweenRefusingAndSayingSo() {
    String request = stack.request("refused");
    SyncCompleted first = stack.await(request);
    assertThat(first.outcome()).isEqualTo(SyncOutcome.FAILED);
    RunId run = new RunId("refused", 1);
    forget(ObjectNames.end(run));
    int told = stack.ends(run).size();
    stack.publishRequest("{\"table\":\"refused\",\"request_id\":\"" + request + "\"}");
    Waiting.until("the end", RunningStack.PATIENCE, () -> stack.ends(run).size() > told);
    assertThat(stack.ends(run)).containsOnly(first);
    world.create("refused");
    world.assertSyncs("refused");
  }

  @Test
  void oldMessagesChangeNothing() {
    world.create("replayed");
    world.assertSyncs("replayed");
    for (int i = 0; i < 2; i++) {
      world.touch("replayed");
      world.assertSyncs("replayed");
    }
    List<String> before = uploaded("replayed");
    RunId old = new RunId("replayed", 1);
    int told = stack.ends(old).size();
    replayManifest(old);
    replayLoaded(old);
    Waiting.until("both ends", RunningStack.PATIENCE, () -> stack.ends(old).size() >= told + 2);
    forget(ObjectNames.end(old));
    replayLoaded(old);
    Waiting.until("the late end", RunningStack.PATIENCE, () -> stack.ends(old).size() >= told + 3);
    assertThat(stack.ends(old).get(told + 2).outcome()).isEqualTo(SyncOutcome.SUPERSEDED);
    assertThat(uploaded("replayed")).isEqualTo(before);
    assertThat(stack.merged("replayed")).containsExactly("1", "2", "3");
    world.touch("replayed");
    world.assertSyncs("replayed");
  }

  private static void killed(String name) {
    ServiceProcess service = stack.service(name);
    int restarts = service.restarts();
    ProcessHandle process = service.handle();
    assertThat(process.destroyForcibly()).isTrue();
    process.onExit().join();
    Waiting.until("a new " + name, RunningStack.PATIENCE, () -> service.restarts() == restarts + 1);
  }

  private static StagedRun staged(RunId run) {
    stack.awaitObject(ObjectNames.manifest(run));
    return StagedRun.read(stack.control(), run);
  }

  private static Job job(String name) {
    return Waiting.until("job " + name, RunningStack.PATIENCE, () -> find(name));
  }

  private static Optional<Job> find(String name) {
    return Optional.ofNullable(
        stack
            .bigQuery()
            .getJob(
                JobId.newBuilder()
                    .setProject(RunningStack.PROJECT)
                    .setLocation("US")
                    .setJob(name)
                    .build()));
  }

  private static JobStatus.State stateOf(Job job) {
    return job.getStatus().getState();
  }

  private static List<String> uploaded(String table) {
    return stack.query("SELECT id, v, _uploaded_at FROM target." + table + " ORDER BY id");
  }

  /** As if the service had died before it wrote this. */
  private static void forget(String object) {
    assertThat(stack.storage().delete(RunningStack.BUCKET, object)).isTrue();
  }

  private static void replayLoaded(RunId run) {
    stack.publish(
        "loaded-deltas",
        Messages.encode(
            new LoadedDelta(
                run.table(),
                run.seq(),
                ObjectNames.manifest(run),
                run.table() + "__" + run.seq())));
  }

  private static void replayManifest(RunId run) {
    stack.publish(
        "staged-deltas",
        Messages.encode(
            new StagedDelta(RunningStack.BUCKET, ObjectNames.manifest(run), 0, 1, Instant.EPOCH)));
  }
}
