package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.bigquery.BigQuery.DatasetDeleteOption;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.storage.Blob;
import io.deltaferry.cli.local.LocalTopology;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.cli.sync.RunFailure;
import io.deltaferry.cli.sync.Stage;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.pubsub.Chance;
import io.deltaferry.localgcp.pubsub.DeliveryFaults;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is away comes back, and every sync that was asked for meanwhile gets done. */
class OutageIT {
  private static final String TABLES =
      """
      database_down: {source: public.database_down}
      cut_in_copy: {source: public.cut_in_copy, key: [id], assume_unique: true, part_bytes: 64KiB}
      password: {source: public.password}
      expired: {source: public.expired}
      bucket: {source: public.bucket}
      target: {source: public.target}
      staging: {source: public.staging}
      control: {source: public.control}
      faulty_a: {source: public.faulty_a}
      faulty_b: {source: public.faulty_b}
      """;

  private static TestPostgres postgres;
  private static Gateway gateway;
  private static World world;
  private static RunningStack stack;

  @BeforeAll
  static void start(@TempDir Path directory) throws InterruptedException, IOException {
    postgres = TestPostgres.create();
    checkPasswords();
    gateway = new Gateway(TestPostgres.port());
    String url =
        World.url(postgres).replace(":" + TestPostgres.port() + "/", ":" + gateway.port() + "/");
    stack = new RunningStack(directory, url, TABLES);
    world = new World(postgres, stack);
  }

  @AfterAll
  static void stop() {
    try (World ended = world) {
      ended.assertNothingLeaked();
    } finally {
      gateway.close();
    }
  }

  /** The server trusts whoever comes from this machine; not so the services' role. */
  private static void checkPasswords() throws IOException {
    Path file = Path.of(String.valueOf(postgres.column("SHOW hba_file").get(0)));
    String role = postgres.config().user();
    Files.writeString(file, "host all " + role + " all scram-sha-256\n" + Files.readString(file));
    postgres.run("SELECT pg_reload_conf()");
  }

  @Test
  void theDatabaseIsDownAndComesBack() {
    world.create("database_down");
    world.assertSyncs("database_down");
    world.touch("database_down");
    gateway.cut();
    String request = stack.request("database_down");
    awaitRetries("SOURCE_UNAVAILABLE: ");
    gateway.mend();
    assertCompleted(request);
    world.assertEqualSides("database_down");
    assertThat(stack.merged("database_down")).containsExactly("1", "2");
  }

  @Test
  void theDatabaseGoesDownWithinACopy() {
    world.create("cut_in_copy");
    postgres.run(
        "INSERT INTO cut_in_copy SELECT n, md5(n::text), now() FROM generate_series(4, 60000) n");
    try (Gate gate = Gate.shut(postgres)) {
      gate.into("cut_in_copy", 50_000);
      String request = stack.request("cut_in_copy");
      stack.awaitObject("parts/cut_in_copy/1/");
      gateway.cut();
      awaitRetries("SOURCE_UNAVAILABLE: ");
      gate.open();
      gateway.mend();
      assertCompleted(request);
    }
    world.assertEqualSides("cut_in_copy");
    assertThat(stack.merged("cut_in_copy")).containsExactly("1");
  }

  /** Whoever waits sees why, long before anybody gives up. */
  @Test
  void aWrongPasswordIsSeenAndCorrected() throws InterruptedException {
    world.create("password");
    String role = postgres.config().user();
    postgres.run("ALTER ROLE " + role + " PASSWORD 'another'");
    List<String> seen = new ArrayList<>();
    List<TableProgress> ended =
        stack
            .waiter()
            .syncAndWait(
                List.of("password"),
                AskedRun.USUAL,
                RunningStack.PATIENCE,
                tables -> {
                  RunFailure trouble = tables.get(0).error();
                  if (trouble != null && seen.isEmpty()) {
                    awaitRetries("SOURCE_LOGIN_REFUSED: ");
                    seen.add(trouble.text());
                    postgres.run("ALTER ROLE " + role + " PASSWORD '" + postgres.password() + "'");
                  }
                });
    assertThat(seen)
        .singleElement()
        .asString()
        .startsWith("SOURCE_LOGIN_REFUSED: ")
        .contains("Check user, password");
    assertThat(ended.get(0).stage()).as("%s", ended).isEqualTo(Stage.DONE);
    world.assertEqualSides("password");
  }

  /** Lifecycle rules delete what is old; a table that rested so long goes on where it was. */
  @Test
  void allObjectsHaveExpired() {
    world.create("expired");
    world.assertSyncs("expired");
    world.touch("expired");
    world.assertSyncs("expired");
    stack.storage().list(RunningStack.BUCKET).iterateAll().forEach(Blob::delete);
    world.touch("expired");
    world.assertSyncs("expired");
    assertThat(stack.merged("expired")).containsExactly("1", "2", "3");
  }

  @Test
  void theBucketIsMissingAndIsCreated() {
    world.create("bucket");
    stack.storage().list(RunningStack.BUCKET).iterateAll().forEach(Blob::delete);
    assertThat(stack.storage().delete(RunningStack.BUCKET)).isTrue();
    String request = stack.request("bucket");
    awaitRetries("the bucket does not exist; create it");
    createTopology(Set.of());
    assertCompleted(request);
    world.assertEqualSides("bucket");
  }

  /** Each table is named after the dataset it misses. */
  @ParameterizedTest
  @ValueSource(strings = {"target", "staging", "control"})
  void aDatasetIsMissingAndIsCreated(String dataset) {
    world.create(dataset);
    stack
        .bigQuery()
        .delete(DatasetId.of(RunningStack.PROJECT, dataset), DatasetDeleteOption.deleteContents());
    String request = stack.request(dataset);
    awaitRetries("(create it, or correct the table file; tried again meanwhile)");
    createTopology(Set.of(dataset));
    assertCompleted(request);
    world.assertEqualSides(dataset);
  }

  /** What Pub/Sub is allowed to do to messages, all at once. */
  @Test
  void messagesComeTwiceLateAndOutOfOrderAndTheirAcknowledgementsAreLost() {
    List<String> tables = List.of("faulty_a", "faulty_b");
    tables.forEach(world::create);
    stack.faults().duplicate(DeliveryFaults.ALL, Chance.of(0.4));
    stack.faults().reorder(DeliveryFaults.ALL, Chance.of(0.4), Duration.ofMillis(400));
    stack.faults().delay(DeliveryFaults.ALL, Chance.of(0.1), Duration.ofSeconds(1));
    stack.faults().dropAcknowledgement(DeliveryFaults.ALL, Chance.of(0.3));
    for (int round = 0; round < 4; round++) {
      List<String> requests = new ArrayList<>();
      for (String table : tables) {
        requests.add(stack.request(table));
        world.touch(table);
        requests.add(stack.request(table));
      }
      requests.forEach(stack::await);
    }
    stack.faults().clear();
    for (String table : tables) {
      world.touch(table);
      world.assertSyncs(table);
      assertThat(stack.merged(table)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(5);
      assertThat(outcomes(table)).doesNotContain(SyncOutcome.FAILED, SyncOutcome.SUPERSEDED);
    }
  }

  private static Set<SyncOutcome> outcomes(String table) {
    return stack.ends().stream()
        .filter(end -> end.table().equals(table))
        .map(SyncCompleted::outcome)
        .collect(Collectors.toSet());
  }

  private static void assertCompleted(String request) {
    SyncCompleted end = stack.await(request);
    assertThat(end.outcome()).as("%s", end).isEqualTo(SyncOutcome.COMPLETED);
  }

  /** Waits until a service has met the trouble twice more: at first, and delivered again. */
  private static void awaitRetries(String words) {
    int before = count(words);
    Waiting.until(
        "trouble about " + words, RunningStack.PATIENCE, () -> count(words) >= before + 2);
  }

  private static int count(String words) {
    return stack.logs().split(Pattern.quote(words), -1).length - 1;
  }

  private static void createTopology(Set<String> datasets) {
    GoogleClients clients =
        new GoogleClients(RunningStack.PROJECT, stack.stack().endpoints().environment());
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      new LocalTopology(
              RunningStack.PROJECT,
              RunningStack.BUCKET,
              "US",
              RunningStack.TOPIC_PREFIX,
              100,
              datasets)
          .create(
              admin,
              stack.storage(),
              stack.bigQuery(),
              Map.of(
                  "extractor", stack.stack().ready().extractor(),
                  "loader", stack.stack().ready().loader(),
                  "merger", stack.stack().ready().merger()));
    }
  }
}
