package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestartTest {
  private final Path directory;

  RestartTest(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void whatWasNotAcknowledgedIsDeliveredAfterARestart() throws IOException {
    String kept;
    try (LocalPubSub pubsub = open(directory);
        Clients clients = new Clients(pubsub)) {
      clients.pair("orders");
      clients.subscribe("other", "orders", Subscription.newBuilder().setAckDeadlineSeconds(77));
      clients.publish("orders", "done");
      clients.acknowledge("orders", clients.pull("orders", 1).get(0));
      kept = clients.publish("orders", Clients.message("kept", Map.of("k", "v")));
      clients.topics.createTopic(Clients.topic("short-lived"));
      clients.topics.deleteTopic(Clients.topic("short-lived"));
      // Outstanding, not acknowledged: it must come again too.
      assertThat(clients.pull("orders", 1)).hasSize(1);
    }
    try (LocalPubSub pubsub = open(directory);
        Clients clients = new Clients(pubsub)) {
      List<ReceivedMessage> pulled = clients.pull("orders", 10);
      assertThat(pulled).hasSize(1);
      assertThat(pulled.get(0).getMessage().getMessageId()).isEqualTo(kept);
      assertThat(pulled.get(0).getMessage().getAttributesMap()).containsEntry("k", "v");
      assertThat(clients.pull("other", 10)).hasSize(2);
      assertThat(
              clients
                  .subscriptions
                  .getSubscription(Clients.subscription("other"))
                  .getAckDeadlineSeconds())
          .isEqualTo(77);
      assertThat(clients.topics.listTopics("projects/p1").iterateAll())
          .extracting(com.google.pubsub.v1.Topic::getName)
          .containsExactly(Clients.topic("orders"));
      assertThat(Long.parseLong(clients.publish("orders", "new")))
          .isGreaterThan(Long.parseLong(kept));
    }
  }

  @Test
  void nothingPublishedIsLostWhenTheProcessIsKilled(@TempDir Path copy) throws IOException {
    try (LocalPubSub pubsub = open(directory);
        Clients clients = new Clients(pubsub)) {
      clients.pair("orders");
      clients.publish("orders", "x");
      // What the operating system holds now is what a killed process leaves.
      Files.copy(directory.resolve("journal.jsonl"), copy.resolve("journal.jsonl"));
    }
    Files.writeString(
        copy.resolve("journal.jsonl"),
        "{\"op\":\"message\",\"to\":[\"pro",
        StandardOpenOption.APPEND);
    try (LocalPubSub pubsub = open(copy);
        Clients clients = new Clients(pubsub)) {
      assertThat(clients.pull("orders", 10)).hasSize(1);
    }
  }

  @Test
  void openingCompactsTheJournal() throws IOException {
    try (LocalPubSub pubsub = open(directory);
        Clients clients = new Clients(pubsub)) {
      clients.pair("orders");
      for (int i = 0; i < 20; i++) {
        clients.publish("orders", "m" + i);
        clients.acknowledge("orders", clients.pull("orders", 1).get(0));
      }
    }
    Path journal = directory.resolve("journal.jsonl");
    assertThat(Files.readAllLines(journal)).hasSize(42);
    open(directory).close();
    assertThat(Files.readAllLines(journal)).hasSize(2);
  }

  @Test
  void everySubscriptionKeepsTheOrderOfPublicationThroughManyRestarts() throws IOException {
    try (LocalPubSub pubsub = open(directory);
        Clients clients = new Clients(pubsub)) {
      clients.pair("first");
      clients.subscribe("second", "first", Subscription.newBuilder());
      for (String data : List.of("a", "b", "c")) {
        clients.publish("first", data);
      }
      // From here on the subscription whose name comes first knows less than the other.
      clients.pull("first", 3).stream()
          .filter(received -> received.getMessage().getData().toStringUtf8().equals("b"))
          .forEach(received -> clients.acknowledge("first", received));
    }
    open(directory).close();
    try (LocalPubSub pubsub = open(directory);
        Clients clients = new Clients(pubsub)) {
      assertThat(clients.pull("second", 3))
          .extracting(received -> received.getMessage().getData().toStringUtf8())
          .containsExactly("a", "b", "c");
    }
  }

  @Test
  void aDamagedLineIsNamedNotSkipped() throws IOException {
    open(directory).close();
    Files.writeString(directory.resolve("journal.jsonl"), "{\"op\":\"what\"}\n");
    assertThatThrownBy(() -> open(directory))
        .isInstanceOf(UncheckedIOException.class)
        .hasStackTraceContaining("journal.jsonl line 1 is damaged");
    Files.delete(directory.resolve("journal.jsonl"));
    // What could not be opened is not held either.
    open(directory).close();
  }

  @Test
  void twoProcessesCannotShareADataDirectory() {
    try (LocalPubSub first = open(directory)) {
      assertThat(first.backlogs()).isEmpty();
      assertThatThrownBy(() -> open(directory))
          .isInstanceOf(UncheckedIOException.class)
          .hasStackTraceContaining("another process uses");
    }
  }

  private static LocalPubSub open(Path directory) {
    return new LocalPubSub(PubSubSettings.inMemory().withDataDirectory(directory)).start();
  }
}
