package io.deltaferry.cli.sync;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.BucketInfo;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.PubSubPublisher;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import io.deltaferry.localgcp.storage.LocalStorage;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TableCatalog;
import io.deltaferry.table.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The waiting side alone: the test is the services. */
class SyncTablesTest {
  private static final String PROJECT = "shop-local";
  private static final Topology.Topics TOPICS = Topology.DEFAULT.topics();
  private static final TableFile TABLES =
      TableCatalog.read(
          """
          source: {url: "postgresql://a:b@localhost/c"}
          target: {project: shop-local, dataset: d, staging_dataset: s, control_dataset: c, location: US}
          bucket: shop-local-staging
          defaults: {cursor: at}
          tables:
            orders: {source: a.orders}
            items: {source: a.items}
          """,
          Map.of());

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @SuppressWarnings("NullAway.Init") // set before each test
  private LocalPubSub pubSub;

  @SuppressWarnings("NullAway.Init") // set before each test
  private LocalStorage storage;

  @SuppressWarnings("NullAway.Init") // set before each test
  private GoogleClients clients;

  @SuppressWarnings("NullAway.Init") // set before each test
  private PubSubPublisher publisher;

  @BeforeEach
  void start() throws Exception {
    pubSub = new LocalPubSub(PubSubSettings.inMemory()).start();
    storage =
        new LocalStorage(0, directory.resolve("storage"), pubSub::publish, Clock.systemUTC())
            .start();
    clients =
        new GoogleClients(
            PROJECT,
            Map.of(
                "PUBSUB_EMULATOR_HOST", pubSub.grpcTarget(),
                "STORAGE_EMULATOR_HOST", storage.url()));
    clients.storage().create(BucketInfo.of(TABLES.bucket()));
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      for (String topic :
          List.of(
              TOPICS.extractRequests(),
              TOPICS.loadedDeltas(),
              TOPICS.syncCompleted(),
              TOPICS.deadLetters())) {
        admin.ensure(TopicName.of(PROJECT, topic));
      }
    }
    publisher = new PubSubPublisher(clients);
  }

  @AfterEach
  void stop() {
    publisher.close();
    storage.close();
    pubSub.close();
  }

  @Test
  void messagesThatNobodyUnderstandsDoNotEndTheWait() throws InterruptedException {
    List<TableProgress> ended =
        new SyncTables(clients, TABLES, null, Clock.systemUTC())
            .syncAndWait(
                List.of("orders"),
                AskedRun.USUAL,
                Duration.ofSeconds(30),
                tables -> {
                  if (tables.get(0).stage() == Stage.REQUESTED) {
                    publish(TOPICS.loadedDeltas(), "{\"c\":1}");
                    publish(TOPICS.syncCompleted(), "hello");
                    publish(TOPICS.deadLetters(), "hello");
                    complete(tables.get(0));
                  }
                });
    assertThat(ended)
        .singleElement()
        .satisfies(orders -> assertThat(orders.stage()).isEqualTo(Stage.DONE));
  }

  @Test
  void whatAServiceLogsAboutATableIsSeenWhileItWaits() throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    List<String> seen = new ArrayList<>();
    List<TableProgress> ended =
        new SyncTables(clients, TABLES, logs, Clock.systemUTC())
            .syncAndWait(
                List.of("orders", "items"),
                AskedRun.USUAL,
                Duration.ofSeconds(30),
                tables -> {
                  RunFailure trouble = tables.get(0).error();
                  if (trouble != null) {
                    seen.add(trouble.text());
                    tables.forEach(this::complete);
                  } else if (tables.get(0).stage() == Stage.REQUESTED) {
                    log(
                        logs,
                        "{\"severity\":\"WARNING\",\"table\":\"orders\",\"message\":\"no\"}\n");
                  }
                });
    assertThat(seen).containsExactly("no");
    assertThat(ended)
        .allSatisfy(table -> assertThat(table.stage()).isEqualTo(Stage.DONE))
        .allSatisfy(table -> assertThat(table.error()).isNull());
  }

  /** Whoever replays may ask for one table twice, and for several under the name of one tick. */
  @Test
  void eachRequestIsFollowedByItself() throws InterruptedException {
    List<TableProgress> asked =
        List.of(
            TableProgress.requested("orders", "a", Instant.EPOCH),
            TableProgress.requested("orders", "tick-1", Instant.EPOCH),
            TableProgress.requested("items", "tick-1", Instant.EPOCH));
    List<List<Boolean>> seen = new ArrayList<>();
    new SyncTables(clients, TABLES, null, Clock.systemUTC())
        .follow(
            () -> asked,
            Duration.ofSeconds(30),
            requests -> {
              seen.add(requests.stream().map(request -> request.stage() == Stage.DONE).toList());
              requests.stream()
                  .filter(request -> request.stage() != Stage.DONE)
                  .reduce((one, next) -> next)
                  .ifPresent(this::complete);
            });
    assertThat(seen)
        .containsExactly(
            List.of(false, false, false),
            List.of(false, false, true),
            List.of(false, true, true),
            List.of(true, true, true));
  }

  private void complete(TableProgress request) {
    OutgoingMessage message =
        Messages.encode(
            new SyncCompleted(
                request.table(), 1, SyncOutcome.EMPTY, 0, request.requestId(), null, null));
    publisher.publish(TOPICS.syncCompleted(), message.data(), message.attributes());
  }

  private void publish(String topic, String text) {
    publisher.publish(topic, text.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  private static void log(Path logs, String line) {
    try {
      Files.writeString(logs.resolve("extractor.jsonl"), line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
