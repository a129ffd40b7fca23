package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.batching.FlowControlSettings;
import com.google.api.gax.grpc.GrpcCallContext;
import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.DeadlineExceededException;
import com.google.api.gax.rpc.FailedPreconditionException;
import com.google.api.gax.rpc.InvalidArgumentException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PullTest {
  private LocalPubSub pubsub;
  private Clients clients;

  @BeforeEach
  void start() throws IOException {
    pubsub = new LocalPubSub(PubSubSettings.inMemory()).start();
    clients = new Clients(pubsub);
  }

  @AfterEach
  void stop() {
    clients.close();
    pubsub.close();
  }

  @Test
  void pullsWhatWasPublishedOnceItIsAcknowledgedNeverAgain() {
    clients.pair("orders");
    String id = clients.publish("orders", Clients.message("hello", Map.of("k", "v")));
    List<ReceivedMessage> pulled = clients.pull("orders", 10);
    assertThat(pulled).hasSize(1);
    PubsubMessage message = pulled.get(0).getMessage();
    assertThat(message.getMessageId()).isEqualTo(id).matches("\\d+");
    assertThat(message.getData().toStringUtf8()).isEqualTo("hello");
    assertThat(message.getAttributesMap()).containsExactly(Map.entry("k", "v"));
    assertThat(message.getPublishTime().getSeconds()).isPositive();
    assertThat(pulled.get(0).getDeliveryAttempt()).isZero();
    clients.acknowledge("orders", pulled.get(0));
    assertThat(pubsub.backlogs())
        .containsExactly(new BacklogReport(Clients.subscription("orders"), 0, 0, 1, 0));
  }

  @Test
  void aMessageGivenBackIsPulledAgainAtOnce() {
    clients.pair("orders");
    clients.publish("orders", "hello");
    ReceivedMessage first = clients.pull("orders", 1).get(0);
    clients.modifyDeadline("orders", first, 0);
    ReceivedMessage second = clients.pull("orders", 1).get(0);
    assertThat(second.getMessage()).isEqualTo(first.getMessage());
    assertThat(second.getAckId()).isNotEqualTo(first.getAckId());
  }

  @Test
  void everySubscriptionHasItsOwnCopyAndFilter() {
    clients.pair("orders");
    clients.subscribe(
        "eu-orders", "orders", Subscription.newBuilder().setFilter("attributes.region = \"eu\""));
    clients.publish("orders", Clients.message("us", Map.of("region", "us")));
    clients.publish("orders", Clients.message("eu", Map.of("region", "eu")));
    assertThat(clients.pull("orders", 10)).hasSize(2);
    assertThat(clients.pull("eu-orders", 10))
        .extracting(received -> received.getMessage().getData().toStringUtf8())
        .containsExactly("eu");
  }

  @Test
  void theOfficialPublisherAndSubscriberExchangeThousandMessages() throws Exception {
    clients.pair("stream");
    Set<String> received = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(1_000);
    Subscriber subscriber =
        clients
            .subscriber(
                "stream",
                (message, reply) -> {
                  if (received.add(message.getData().toStringUtf8())) {
                    all.countDown();
                  }
                  reply.ack();
                })
            .build();
    subscriber.startAsync().awaitRunning();
    Publisher publisher = clients.publisher("stream").build();
    for (int i = 0; i < 1_000; i++) {
      var unused = publisher.publish(Clients.message("m" + i, Map.of()));
    }
    publisher.shutdown();
    assertThat(all.await(15, TimeUnit.SECONDS)).isTrue();
    subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
    Eventually.holds(() -> pubsub.backlogs().get(0).unacknowledged() == 0);
  }

  @Test
  void streamingRedeliversWhatTheSubscriberRefused() throws Exception {
    clients.pair("stream");
    clients.publish("stream", "hello");
    CountDownLatch accepted = new CountDownLatch(1);
    Queue<String> ids = new ConcurrentLinkedQueue<>();
    Subscriber subscriber =
        clients
            .subscriber(
                "stream",
                (message, reply) -> {
                  ids.add(message.getMessageId());
                  if (ids.size() < 3) {
                    reply.nack();
                  } else {
                    reply.ack();
                    accepted.countDown();
                  }
                })
            .build();
    subscriber.startAsync().awaitRunning();
    assertThat(accepted.await(10, TimeUnit.SECONDS)).isTrue();
    subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
    assertThat(Set.copyOf(ids)).hasSize(1);
  }

  @Test
  void aStreamGetsNoMoreThanItsFlowControlAllows() throws Exception {
    clients.pair("stream");
    for (int i = 0; i < 20; i++) {
      clients.publish("stream", "m" + i);
    }
    Queue<AckReplyConsumer> held = new ConcurrentLinkedQueue<>();
    FlowControlSettings five =
        FlowControlSettings.newBuilder().setMaxOutstandingElementCount(5L).build();
    Subscriber subscriber =
        clients
            .subscriber("stream", (message, reply) -> held.add(reply))
            .setFlowControlSettings(five)
            .build();
    subscriber.startAsync().awaitRunning();
    Eventually.holds(() -> held.size() == 5);
    assertThat(pubsub.backlogs().get(0).outstanding()).isEqualTo(5);
    Eventually.holds(
        () -> {
          for (AckReplyConsumer reply = held.poll(); reply != null; reply = held.poll()) {
            reply.ack();
          }
          return pubsub.backlogs().get(0).unacknowledged() == 0;
        });
    assertThat(pubsub.backlogs().get(0).deliveries()).isEqualTo(20);
    subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
  }

  @Test
  void aStreamEndsWhenItsSubscriptionIsDeleted() throws Exception {
    clients.pair("stream");
    Subscriber subscriber = clients.subscriber("stream", (message, reply) -> reply.ack()).build();
    subscriber.startAsync().awaitRunning();
    // Once a message came through, the stream is surely open.
    clients.publish("stream", "x");
    Eventually.holds(() -> pubsub.backlogs().get(0).unacknowledged() == 0);
    clients.subscriptions.deleteSubscription(Clients.subscription("stream"));
    assertThatThrownBy(() -> subscriber.awaitTerminated(10, TimeUnit.SECONDS))
        .hasStackTraceContaining("NOT_FOUND");
  }

  @Test
  void aPullThatGaveUpTakesNoMessageWithIt() {
    clients.pair("orders");
    PullRequest request =
        PullRequest.newBuilder()
            .setSubscription(Clients.subscription("orders"))
            .setMaxMessages(1)
            .build();
    GrpcCallContext impatient =
        GrpcCallContext.createDefault()
            .withTimeoutDuration(java.time.Duration.ofMillis(300))
            .withRetryableCodes(Set.of());
    assertThatThrownBy(() -> clients.subscriptions.pullCallable().call(request, impatient))
        .isInstanceOf(DeadlineExceededException.class);
    clients.publish("orders", "x");
    assertThat(clients.pull("orders", 1)).hasSize(1);
    assertThat(pubsub.backlogs().get(0).deliveries()).isEqualTo(1);
  }

  @Test
  void aTakenPortIsNamed() {
    int port = Integer.parseInt(pubsub.grpcTarget().replaceAll(".*:", ""));
    LocalPubSub second = new LocalPubSub(PubSubSettings.inMemory().withPorts(port, 0));
    assertThatThrownBy(second::start)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining(Integer.toString(port));
  }

  @Test
  void keepsTheOrderOfAKeyThroughRedeliveries() throws Exception {
    clients.topics.createTopic(Clients.topic("ordered"));
    clients.subscribe(
        "ordered", "ordered", Subscription.newBuilder().setEnableMessageOrdering(true));
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      expected.add("m" + i);
      clients.publish(
          "ordered", Clients.message("m" + i, Map.of()).toBuilder().setOrderingKey("key").build());
    }
    Queue<String> accepted = new ConcurrentLinkedQueue<>();
    Set<String> refused = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(30);
    Subscriber subscriber =
        clients
            .subscriber(
                "ordered",
                (message, reply) -> {
                  String data = message.getData().toStringUtf8();
                  if (data.endsWith("3") && refused.add(data)) {
                    reply.nack();
                    return;
                  }
                  accepted.add(data);
                  reply.ack();
                  all.countDown();
                })
            .build();
    subscriber.startAsync().awaitRunning();
    assertThat(all.await(15, TimeUnit.SECONDS)).isTrue();
    subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
    assertThat(accepted).containsExactlyElementsOf(expected);
    assertThat(refused).isNotEmpty();
  }

  @Test
  void refusesAsTheServiceRefuses() {
    assertThatThrownBy(() -> clients.topics.getTopic(Clients.topic("absent")))
        .isInstanceOf(NotFoundException.class)
        .hasMessageContaining("projects/p1/topics/absent");
    assertThatThrownBy(() -> clients.publish("absent", "x")).isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> clients.subscribe("sub", "absent", Subscription.newBuilder()))
        .isInstanceOf(NotFoundException.class);
    assertThatThrownBy(() -> clients.pull("absent", 1)).isInstanceOf(NotFoundException.class);
    clients.pair("orders");
    assertThatThrownBy(() -> clients.topics.createTopic(Clients.topic("orders")))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> clients.subscribe("orders", "orders", Subscription.newBuilder()))
        .isInstanceOf(AlreadyExistsException.class);
    assertThatThrownBy(() -> clients.publish("orders", ""))
        .isInstanceOf(InvalidArgumentException.class);
    for (String bad : List.of("ab", "1abc", "google-topic", "a b c", "x".repeat(256))) {
      assertThatThrownBy(() -> clients.topics.createTopic(Clients.topic(bad)))
          .as(bad)
          .isInstanceOf(InvalidArgumentException.class);
    }
  }

  @Test
  void aDetachedSubscriptionCannotBePulled() {
    clients.pair("orders");
    clients.publish("orders", "x");
    clients.topics.detachSubscription(
        com.google.pubsub.v1.DetachSubscriptionRequest.newBuilder()
            .setSubscription(Clients.subscription("orders"))
            .build());
    assertThatThrownBy(() -> clients.pull("orders", 1))
        .isInstanceOf(FailedPreconditionException.class);
    assertThat(pubsub.backlogs().get(0).unacknowledged()).isZero();
  }
}
