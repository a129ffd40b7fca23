package io.deltaferry.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.PubSubPublisher;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LetterboxTest {
  private static final String PROJECT = "shop-local";

  @SuppressWarnings("NullAway.Init") // set before each test
  private LocalPubSub pubSub;

  @SuppressWarnings("NullAway.Init") // set before each test
  private GoogleClients clients;

  @BeforeEach
  void start() throws Exception {
    pubSub = new LocalPubSub(PubSubSettings.inMemory()).start();
    clients = new GoogleClients(PROJECT, Map.of("PUBSUB_EMULATOR_HOST", pubSub.grpcTarget()));
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      admin.ensure(TopicName.of(PROJECT, "letters"));
      admin.ensure(
          Subscription.newBuilder()
              .setName(SubscriptionName.format(PROJECT, "reader"))
              .setTopic(TopicName.format(PROJECT, "letters"))
              .setAckDeadlineSeconds(60)
              .build());
    }
  }

  @AfterEach
  void stop() {
    pubSub.close();
  }

  /** More than one pull brings. */
  @Test
  void everyLetterIsSeenAndPutBack() {
    List<String> published = publish(230);
    assertThat(look()).containsExactlyInAnyOrderElementsOf(published);
    assertThat(look()).containsExactlyInAnyOrderElementsOf(published);
  }

  @Test
  void whatIsTakenOutIsGone() {
    List<String> published = publish(3);
    try (Letterbox box = box("reader")) {
      box.look(seen -> false);
      box.takeOut(List.of(published.get(0), published.get(2), "unknown"));
    }
    assertThat(look()).containsExactly(published.get(1));
  }

  @Test
  void twoPeopleDoNotSeeOneLetterAtATime() {
    List<String> published = publish(1);
    try (Letterbox box = box("reader")) {
      assertThat(box.look(seen -> seen.containsAll(published))).hasSize(1);
      assertThat(look()).isEmpty();
    }
    assertThat(look()).isEqualTo(published);
  }

  @Test
  void aSubscriptionThatIsMissingIsNamed() {
    try (Letterbox box = box("none")) {
      assertThatThrownBy(() -> box.look(seen -> false))
          .hasMessageContaining("projects/shop-local/subscriptions/none does not exist")
          .hasMessageContaining("topic_prefix");
    }
  }

  private List<String> publish(int count) {
    List<String> ids = new ArrayList<>();
    try (PubSubPublisher publisher = new PubSubPublisher(clients)) {
      for (int i = 0; i < count; i++) {
        ids.add(publisher.publish("letters", new byte[] {'x'}, Map.of()));
      }
    }
    return ids;
  }

  private List<String> look() {
    try (Letterbox box = box("reader")) {
      return box.look(seen -> false).stream().map(PubsubMessage::getMessageId).toList();
    }
  }

  private Letterbox box(String subscription) {
    return new Letterbox(clients, subscription, Duration.ofMillis(500), Clock.systemUTC());
  }
}
