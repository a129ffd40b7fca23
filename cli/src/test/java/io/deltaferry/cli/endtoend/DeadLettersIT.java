package io.deltaferry.cli.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.SubscriptionName;
import io.deltaferry.cli.CommandRun;
import io.deltaferry.cli.ExitCode;
import io.deltaferry.cli.deadletter.DeadLetters;
import io.deltaferry.cli.deadletter.Replay;
import io.deltaferry.cli.endpoint.Deployment;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.cli.sync.AskedRun;
import io.deltaferry.cli.sync.Stage;
import io.deltaferry.cli.sync.TableProgress;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.KnownRun;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was given up says why, is asked for again once, and brings its table up to date. */
class DeadLettersIT {
  private static final String TABLES =
      """
      poison: {source: public.poison}
      away: {source: public.away}
      unanswered: {source: public.unanswered}
      unloaded: {source: public.unloaded}
      """;

  /** The fewest that Pub/Sub allows: seconds here. */
  private static final String ATTEMPTS = "5";

  private static TestPostgres postgres;
  private static Gateway gateway;
  private static World world;
  private static RunningStack stack;

  @BeforeAll
  static void start(@TempDir Path directory) throws InterruptedException {
    postgres = TestPostgres.create();
    gateway = new Gateway(TestPostgres.port());
    String url =
        World.url(postgres).replace(":" + TestPostgres.port() + "/", ":" + gateway.port() + "/");
    stack =
        new RunningStack(
            directory, url, TABLES, Map.of(ServiceSettings.MAX_DELIVERY_ATTEMPTS, ATTEMPTS));
    world = new World(postgres, stack);
  }

  @AfterAll
  static void stop() {
    world.assertNothingLeaked();
    world.close();
    gateway.close();
  }

  @Test
  void aPoisonousRequestIsReplayedOnceHoweverOftenSomebodyTries() {
    world.create("poison", "id int NOT NULL, v text, updated_at timestamptz");
    world.assertRefused("poison", ErrorCode.KEY_MISSING, "`key`");
    JsonNode letter = letterOf("poison");
    assertThat(letter.path("stage").asText()).isEqualTo("extractor");
    assertThat(letter.path("error_code").asText()).isEqualTo("KEY_MISSING");
    assertThat(letter.path("run").asLong()).isEqualTo(1);
    assertThat(letter.path("attempts").asLong()).isEqualTo(1);
    assertThat(letter.path("error").asText()).contains("has no primary key");

    postgres.run("ALTER TABLE poison ADD PRIMARY KEY (id)");
    String id = letter.path("id").asText();
    String request = replayedByWhoeverDiesBeforeTheLetterIsTakenOut(id);
    assertThat(request).startsWith("test-").endsWith("-replay-" + id);
    assertThat(stack.await(request).outcome()).isEqualTo(SyncOutcome.COMPLETED);

    CommandRun again = stack.run("dead-letters", "replay", id, "--json", "--wait");
    assertThat(again.exit()).as(again.err()).isZero();
    assertThat(replayed(again)).isEqualTo(request);
    assertThat(letters("poison")).isEmpty();
    world.assertEqualSides("poison");
    assertThat(stack.merged("poison")).containsExactly("2");
    assertThat(KnownRun.of(stack.control(), "poison")).hasSize(2);
  }

  @Test
  void aDatabaseThatStaysAwayEndsTheRunWithItsReason() throws InterruptedException {
    world.create("away");
    gateway.cut();
    List<TableProgress> ended =
        stack
            .waiter()
            .syncAndWait(List.of("away"), AskedRun.USUAL, RunningStack.PATIENCE, progress -> {});
    assertThat(ended.get(0).stage()).isEqualTo(Stage.FAILED);
    assertThat(ended.get(0).seq()).isEqualTo(1);
    assertThat(String.valueOf(ended.get(0).error()))
        .contains("SOURCE_UNAVAILABLE", "(given up after 5 attempts)");
    assertThat(stack.run("status").out())
        .containsPattern("run 1 of away failed: SOURCE_UNAVAILABLE: .*given up after 5 attempts");
    JsonNode letter = letterOf("away");
    assertThat(letter.path("attempts").asLong()).isEqualTo(5);
    assertThat(letter.path("error").asText()).endsWith("(given up after 5 attempts)");
    gateway.mend();

    CommandRun replay = stack.run("dead-letters", "replay", "--table", "away", "--wait");
    assertThat(replay.exit()).as(replay.out() + replay.err()).isZero();
    assertThat(replay.out())
        .contains(letter.path("id").asText() + " away: requested again as cli-")
        .containsPattern("away +done +3 rows")
        .endsWith("1 of 1 tables up to date, 3 rows\n");
    world.assertEqualSides("away");
    assertThat(stack.merged("away")).containsExactly("2");
    assertThat(letters("away")).isEmpty();
  }

  /** The whole time: no service has ever seen the request, so nobody could say why. */
  @Test
  void whatPubSubGaveUpByItselfIsReplayedToo() {
    world.create("unanswered");
    unreachable("extract-requests-push");
    stack.publishRequest("{\"table\":\"unanswered\"}");
    assertThat(stack.deadLetter("\"unanswered\"").code()).isEmpty();
    reachable("extract-requests-push", stack.stack().ready().extractor());
    JsonNode letter = letterOf("unanswered");
    assertThat(letter.path("stage").asText()).isEqualTo("extractor");
    assertThat(letter.path("error_code").isNull()).isTrue();
    assertThat(letter.path("attempts").asLong()).isEqualTo(5);
    assertThat(letter.path("error").asText()).startsWith("Pub/Sub gave up after 5 deliveries");

    CommandRun replay = stack.run("dead-letters", "replay", "--table", "unanswered", "--wait");
    assertThat(replay.exit()).as(replay.out() + replay.err()).isZero();
    assertThat(replay.out()).contains("requested again as replay-" + letter.path("id").asText());
    world.assertEqualSides("unanswered");
    assertThat(stack.merged("unanswered")).containsExactly("1");
  }

  @Test
  void aRunThatWasLeftWithoutAnEndGoesOn() {
    world.create("unloaded");
    unreachable("staged-deltas-push");
    String request = stack.request("unloaded");
    stack.deadLetter("manifests/unloaded/1.json");
    reachable("staged-deltas-push", stack.stack().ready().loader());
    JsonNode letter = letterOf("unloaded");
    assertThat(letter.path("stage").asText()).isEqualTo("loader");
    assertThat(letter.path("run").asLong()).isEqualTo(1);

    CommandRun replay = stack.run("dead-letters", "replay", letter.path("id").asText(), "--wait");
    assertThat(replay.exit()).as(replay.out() + replay.err()).isZero();
    assertThat(replay.out()).contains("unloaded: run unloaded#1 goes on");
    SyncCompleted end = stack.await(request);
    assertThat(end.outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(end.seq()).isEqualTo(1);
    world.assertEqualSides("unloaded");
    assertThat(KnownRun.of(stack.control(), "unloaded")).hasSize(1);
  }

  @Test
  void whatNobodyUnderstandsIsShownAndDropped() {
    stack.publishRequest("{\"tabel\":\"poison\"}");
    stack.deadLetter("tabel");
    JsonNode letter =
        stack.run("dead-letters", "list", "--json").json().stream()
            .filter(one -> one.path("error_code").asText().equals("MESSAGE_INVALID"))
            .findFirst()
            .orElseThrow();
    String id = letter.path("id").asText();
    CommandRun show = stack.run("dead-letters", "show", id);
    assertThat(show.out()).contains("\"tabel\" : \"poison\"", "did you mean 'table'?");
    CommandRun replay = stack.run("dead-letters", "replay", id);
    assertThat(replay.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(replay.err()).contains(id + ": no service will ever understand it").contains("drop");

    CommandRun unknown = stack.run("dead-letters", "drop", id, "none");
    assertThat(unknown.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(unknown.err()).contains("has the id none;", "dead-letters list");
    assertThat(stack.run("dead-letters", "drop", id).out()).isEqualTo(id + ": dropped\n");
    assertThat(stack.run("dead-letters", "show", id).exit()).isEqualTo(ExitCode.FAILED);

    assertThat(stack.run("dead-letters", "drop", "--all", "--yes").exit()).isZero();
    for (String command : List.of("list", "replay --all", "drop --all --yes")) {
      CommandRun none = stack.run(("dead-letters " + command).split(" ", -1));
      assertThat(none.exit()).isZero();
      assertThat(none.out()).isEqualTo("No dead letters.\n");
    }
  }

  private static JsonNode letterOf(String table) {
    return Waiting.until(
        "a dead letter of " + table,
        RunningStack.PATIENCE,
        () -> letters(table).stream().findFirst());
  }

  private static List<JsonNode> letters(String table) {
    CommandRun list = stack.run("dead-letters", "list", "--json");
    assertThat(list.exit()).as(list.err()).isZero();
    return list.json().stream()
        .filter(letter -> letter.path("table").asText().equals(table))
        .toList();
  }

  private static String replayedByWhoeverDiesBeforeTheLetterIsTakenOut(String id) {
    Deployment deployment =
        Deployment.find(Path.of(stack.stack().ready().dataDir()), null, System.getenv());
    try (DeadLetters letters = new DeadLetters(deployment, Clock.systemUTC())) {
      Replay replay = letters.plan(letters.named(List.of(id)).get(0));
      assertThat(replay).isInstanceOf(Replay.Publish.class);
      Replay.Publish publish = (Replay.Publish) replay;
      stack.publish("extract-requests", publish.message());
      return String.valueOf(publish.requestId());
    }
  }

  private static String replayed(CommandRun replay) {
    JsonNode letter = replay.json().get(0);
    assertThat(letter.path("published_to").asText()).isEqualTo("extractor");
    return letter.path("request_id").asText();
  }

  private static void unreachable(String subscription) {
    reachable(subscription, "http://127.0.0.1:1");
  }

  private static void reachable(String subscription, String url) {
    GoogleClients clients =
        new GoogleClients(RunningStack.PROJECT, stack.stack().endpoints().environment());
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      admin
          .subscriptions()
          .modifyPushConfig(
              subscription(subscription),
              PushConfig.newBuilder().setPushEndpoint(url + "/").build());
    }
  }

  private static String subscription(String name) {
    return SubscriptionName.format(RunningStack.PROJECT, RunningStack.TOPIC_PREFIX + name);
  }
}
