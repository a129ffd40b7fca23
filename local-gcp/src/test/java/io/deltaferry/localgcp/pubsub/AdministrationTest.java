package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.api.gax.rpc.UnimplementedException;
import com.google.protobuf.FieldMask;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.BigQueryConfig;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import com.google.pubsub.v1.UpdateTopicRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdministrationTest {
  private final MovableClock clock = new MovableClock();
  private LocalPubSub pubsub;
  private Clients clients;

  @BeforeEach
  void start() throws IOException {
    pubsub = new LocalPubSub(PubSubSettings.inMemory().withClock(clock)).start();
    clients = new Clients(pubsub);
    clients.pair("orders");
  }

  @AfterEach
  void stop() {
    clients.close();
    pubsub.close();
  }

  @Test
  void fillsInTheServicesDefaults() {
    Subscription plain = read("orders");
    assertThat(plain.getAckDeadlineSeconds()).isEqualTo(10);
    assertThat(Durations.toDays(plain.getMessageRetentionDuration())).isEqualTo(7);
    assertThat(Durations.toDays(plain.getExpirationPolicy().getTtl())).isEqualTo(31);
    assertThat(plain.hasRetryPolicy()).isFalse();
    assertThat(plain.getState()).isEqualTo(Subscription.State.ACTIVE);
    Subscription full =
        clients.subscribe(
            "full",
            "orders",
            Subscription.newBuilder()
                .setRetryPolicy(RetryPolicy.getDefaultInstance())
                .setDeadLetterPolicy(
                    DeadLetterPolicy.newBuilder().setDeadLetterTopic(Clients.topic("orders"))));
    assertThat(Durations.toSeconds(full.getRetryPolicy().getMinimumBackoff())).isEqualTo(10);
    assertThat(Durations.toSeconds(full.getRetryPolicy().getMaximumBackoff())).isEqualTo(600);
    assertThat(full.getDeadLetterPolicy().getMaxDeliveryAttempts()).isEqualTo(5);
  }

  @Test
  void changesOnlyTheMaskedFieldsAndOnlyMutableOnes() {
    Subscription asked =
        Subscription.newBuilder()
            .setName(Clients.subscription("orders"))
            .setAckDeadlineSeconds(60)
            .putLabels("team", "data")
            .setFilter("attributes:x")
            .build();
    Subscription changed = update(asked, "ack_deadline_seconds");
    assertThat(changed.getAckDeadlineSeconds()).isEqualTo(60);
    assertThat(changed.getLabelsMap()).isEmpty();
    assertThat(update(asked, "labels").getLabelsMap()).containsEntry("team", "data");
    assertThat(read("orders")).isEqualTo(update(asked, "labels"));
    assertThatThrownBy(() -> update(asked, "filter"))
        .isInstanceOf(InvalidArgumentException.class)
        .hasMessageContaining("not mutable");
    assertThatThrownBy(() -> update(asked, "no_such_field"))
        .isInstanceOf(InvalidArgumentException.class);
    Topic topic = Topic.newBuilder().setName(Clients.topic("orders")).putLabels("a", "b").build();
    Topic updated =
        clients.topics.updateTopic(
            UpdateTopicRequest.newBuilder()
                .setTopic(topic)
                .setUpdateMask(FieldMask.newBuilder().addPaths("labels"))
                .build());
    assertThat(updated.getLabelsMap()).containsEntry("a", "b");
  }

  @Test
  void listsPageByPage() {
    for (int i = 0; i < 5; i++) {
      clients.subscribe("orders" + i, "orders", Subscription.newBuilder());
    }
    var request =
        com.google.pubsub.v1.ListSubscriptionsRequest.newBuilder()
            .setProject("projects/p1")
            .setPageSize(4)
            .build();
    var page = clients.subscriptions.listSubscriptions(request).getPage();
    assertThat(page.getValues()).hasSize(4);
    assertThat(page.getNextPage().getValues()).hasSize(2);
    assertThat(clients.topics.listTopicSubscriptions(Clients.topic("orders")).iterateAll())
        .hasSize(6)
        .contains(Clients.subscription("orders3"));
    assertThat(clients.topics.listTopics("projects/p2").iterateAll()).isEmpty();
  }

  @Test
  void aDeletedTopicLeavesItsSubscriptionsBehind() {
    clients.publish("orders", "x");
    clients.topics.deleteTopic(Clients.topic("orders"));
    assertThat(read("orders").getTopic()).isEqualTo("_deleted-topic_");
    assertThat(clients.pull("orders", 1)).hasSize(1);
    clients.subscriptions.deleteSubscription(Clients.subscription("orders"));
    assertThatThrownBy(() -> read("orders")).isInstanceOf(NotFoundException.class);
  }

  @Test
  void redeliversAfterTheAckDeadlineWhichCanBeExtended() {
    clients.publish("orders", "x");
    ReceivedMessage first = clients.pull("orders", 1).get(0);
    clock.move(Duration.ofSeconds(9));
    clients.modifyDeadline("orders", first, 30);
    clock.move(Duration.ofSeconds(29));
    assertThat(poll()).isEmpty();
    clock.move(Duration.ofSeconds(1));
    ReceivedMessage second = clients.pull("orders", 1).get(0);
    assertThat(second.getMessage()).isEqualTo(first.getMessage());
    // The first lease is over: acknowledging by it changes nothing.
    clients.acknowledge("orders", first);
    assertThat(pubsub.backlogs().get(0).unacknowledged()).isEqualTo(1);
    clients.acknowledge("orders", second);
    assertThat(pubsub.backlogs().get(0).unacknowledged()).isZero();
  }

  @Test
  void aStreamMayChangeItsAckDeadline() throws Exception {
    Queue<StreamingPullResponse> responses = new ConcurrentLinkedQueue<>();
    StreamingPullRequest.Builder request =
        StreamingPullRequest.newBuilder()
            .setSubscription(Clients.subscription("orders"))
            .setStreamAckDeadlineSeconds(10)
            .setProtocolVersion(1);
    var stream = clients.stream(request.build(), responses::add);
    stream.send(StreamingPullRequest.newBuilder().setStreamAckDeadlineSeconds(60).build());
    // The answer to a request without acknowledgements: the new deadline is in force.
    Eventually.holds(() -> responses.size() == 1);
    clients.publish("orders", "x");
    Eventually.holds(() -> responses.size() == 2);
    clock.move(Duration.ofSeconds(30));
    clients.publish("orders", "y");
    Eventually.holds(() -> responses.size() == 3);
    assertThat(pubsub.backlogs().get(0).deliveries()).isEqualTo(2);
    stream.closeSend();
  }

  @Test
  void dropsMessagesOlderThanTheRetention() {
    clients.publish("orders", "old");
    clock.move(Duration.ofDays(6));
    clients.publish("orders", "young");
    clock.move(Duration.ofDays(2));
    assertThat(clients.pull("orders", 10))
        .extracting(received -> received.getMessage().getData().toStringUtf8())
        .containsExactly("young");
  }

  @Test
  void seekingToATimeAcknowledgesWhatIsOlder() {
    clients.publish("orders", "old");
    clock.move(Duration.ofMinutes(2));
    clients.publish("orders", "young");
    clients.subscriptions.seek(
        SeekRequest.newBuilder()
            .setSubscription(Clients.subscription("orders"))
            .setTime(Times.of(clock.instant().minusSeconds(60)))
            .build());
    assertThat(clients.pull("orders", 10))
        .extracting(received -> received.getMessage().getData().toStringUtf8())
        .containsExactly("young");
    assertThatThrownBy(
            () ->
                clients.subscriptions.createSnapshot(
                    "projects/p1/snapshots/snap", Clients.subscription("orders")))
        .isInstanceOf(UnimplementedException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 9, 601})
  void refusesAckDeadlinesTheServiceRefuses(int seconds) {
    assertInvalid(Subscription.newBuilder().setAckDeadlineSeconds(seconds));
  }

  @Test
  void refusesSettingsTheServiceRefuses() {
    assertInvalid(Subscription.newBuilder().setFilter("attributes.a = b"));
    assertInvalid(Subscription.newBuilder().setMessageRetentionDuration(Durations.fromDays(32)));
    assertInvalid(push("ftp://127.0.0.1/x"));
    assertInvalid(push("not a url"));
    for (int attempts : List.of(4, 101)) {
      assertInvalid(
          Subscription.newBuilder()
              .setDeadLetterPolicy(
                  DeadLetterPolicy.newBuilder()
                      .setDeadLetterTopic(Clients.topic("orders"))
                      .setMaxDeliveryAttempts(attempts)));
    }
    assertInvalid(
        Subscription.newBuilder()
            .setRetryPolicy(
                RetryPolicy.newBuilder().setMaximumBackoff(Durations.fromSeconds(601))));
    assertThatThrownBy(
            () ->
                clients.subscribe(
                    "refused",
                    "orders",
                    Subscription.newBuilder()
                        .setDeadLetterPolicy(
                            DeadLetterPolicy.newBuilder()
                                .setDeadLetterTopic(Clients.topic("absent")))))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void saysWhatItDoesNotSupport() {
    assertThatThrownBy(
            () ->
                clients.subscribe(
                    "refused",
                    "orders",
                    Subscription.newBuilder()
                        .setBigqueryConfig(BigQueryConfig.newBuilder().setTable("p.d.t"))))
        .isInstanceOf(UnimplementedException.class)
        .hasMessageContaining("write to BigQuery");
    assertThatThrownBy(
            () ->
                clients.subscribe(
                    "refused",
                    "orders",
                    Subscription.newBuilder().setEnableExactlyOnceDelivery(true)))
        .isInstanceOf(UnimplementedException.class)
        .hasMessageContaining("exactly-once");
  }

  private void assertInvalid(Subscription.Builder settings) {
    assertThatThrownBy(() -> clients.subscribe("refused", "orders", settings))
        .isInstanceOf(InvalidArgumentException.class);
  }

  private static Subscription.Builder push(String endpoint) {
    return Subscription.newBuilder()
        .setPushConfig(PushConfig.newBuilder().setPushEndpoint(endpoint));
  }

  private Subscription read(String id) {
    return clients.subscriptions.getSubscription(Clients.subscription(id));
  }

  @SuppressWarnings("deprecation") // The only way to ask without waiting.
  private List<ReceivedMessage> poll() {
    return clients
        .subscriptions
        .pullCallable()
        .call(
            com.google.pubsub.v1.PullRequest.newBuilder()
                .setSubscription(Clients.subscription("orders"))
                .setMaxMessages(10)
                .setReturnImmediately(true)
                .build())
        .getReceivedMessagesList();
  }

  private Subscription update(Subscription asked, String path) {
    return clients.subscriptions.updateSubscription(
        UpdateSubscriptionRequest.newBuilder()
            .setSubscription(asked)
            .setUpdateMask(FieldMask.newBuilder().addPaths(path))
            .build());
  }
}
