package io.deltaferry.localgcp.pubsub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeliveryFaultsTest {
  private LocalPubSub pubsub;
  private Clients clients;
  private PushReceiver receiver;

  @BeforeEach
  void start() throws IOException {
    pubsub = new LocalPubSub(PubSubSettings.inMemory().withFaultSeed(7)).start();
    clients = new Clients(pubsub);
    receiver = new PushReceiver();
    clients.topics.createTopic(Clients.topic("requests"));
    PushConfig config = PushConfig.newBuilder().setPushEndpoint(receiver.url()).build();
    clients.subscribe("push", "requests", Subscription.newBuilder().setPushConfig(config));
    clients.subscribe("pull", "requests", Subscription.newBuilder());
  }

  @AfterEach
  void stop() {
    clients.close();
    pubsub.close();
    receiver.close();
  }

  @Test
  void aDuplicateArrivesWhileTheFirstDeliveryIsStillWorkedOn() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    receiver.answers(
        push -> {
          if (push.data().equals("y")) {
            return 200;
          }
          both.countDown();
          try {
            return both.await(10, TimeUnit.SECONDS) ? 200 : 500;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 500;
          }
        });
    pubsub.faults().duplicate(Clients.subscription("push"), Chance.next(1));
    clients.publish("requests", "x");
    clients.publish("requests", "y");
    Eventually.holds(() -> pubsub.backlogs().get(1).unacknowledged() == 0);
    assertThat(receiver.pushes())
        .extracting(PushReceiver.Push::data)
        .containsExactlyInAnyOrder("x", "x", "y");
  }

  @Test
  void aPullNeverReturnsMoreThanAskedEvenWithDuplicates() {
    pubsub.faults().duplicate(Clients.subscription("pull"), Chance.always());
    clients.publish("requests", "x");
    List<ReceivedMessage> first = clients.pull("pull", 1);
    List<ReceivedMessage> second = clients.pull("pull", 1);
    assertThat(first).hasSize(1);
    assertThat(second).hasSize(1);
    assertThat(second.get(0).getMessage()).isEqualTo(first.get(0).getMessage());
    assertThat(second.get(0).getAckId()).isNotEqualTo(first.get(0).getAckId());
    clients.acknowledge("pull", second.get(0));
    clients.acknowledge("pull", first.get(0));
    assertThat(pubsub.backlogs())
        .filteredOn(report -> report.subscription().endsWith("/pull"))
        .extracting(BacklogReport::unacknowledged)
        .containsExactly(0);
  }

  @Test
  void aLostAcknowledgementBringsTheMessageBack() throws Exception {
    pubsub.faults().dropAcknowledgement(DeliveryFaults.ALL, Chance.next(2));
    clients.publish("requests", "x");
    Eventually.holds(() -> receiver.pushes().size() == 3);
    assertThat(receiver.pushes()).extracting(PushReceiver.Push::data).containsOnly("x");
    Eventually.holds(() -> pubsub.backlogs().get(1).unacknowledged() == 0);
    assertThat(pubsub.faults().happened())
        .containsExactly(Map.entry(DeliveryFaults.Kind.DROP_ACKNOWLEDGEMENT, 2));
  }

  @Test
  void aDelayHoldsBackOnlyTheSubscriptionItIsMeantFor() throws Exception {
    Duration delay = Duration.ofMillis(700);
    pubsub.faults().delay(Clients.subscription("pull"), Chance.always(), delay);
    long start = System.nanoTime();
    clients.publish("requests", "x");
    Eventually.holds(() -> receiver.pushes().size() == 1);
    assertThat(clients.pull("pull", 1)).hasSize(1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(delay);
  }

  @Test
  void reorderingLetsLaterMessagesOvertakeAndLosesNone() throws Exception {
    pubsub.faults().reorder(Clients.subscription("pull"), Chance.of(0.5), Duration.ofMillis(500));
    List<String> published = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      published.add("m" + i);
      clients.publish("requests", "m" + i);
    }
    // By pulls, which without the fault would be in the order of publication.
    List<String> received = new ArrayList<>();
    Eventually.holds(
        () -> {
          clients
              .pull("pull", 40)
              .forEach(message -> received.add(message.getMessage().getData().toStringUtf8()));
          return received.size() >= 40;
        });
    assertThat(received).containsExactlyInAnyOrderElementsOf(published).isNotEqualTo(published);
  }

  @Test
  void nothingIsLostWhenEverythingGoesWrongAtOnce() throws Exception {
    pubsub.faults().duplicate(DeliveryFaults.ALL, Chance.of(0.2));
    pubsub.faults().dropAcknowledgement(DeliveryFaults.ALL, Chance.of(0.2));
    pubsub.faults().reorder(DeliveryFaults.ALL, Chance.of(0.5), Duration.ofMillis(200));
    Set<String> streamed = ConcurrentHashMap.newKeySet();
    Subscriber subscriber =
        clients
            .subscriber(
                "pull",
                (message, reply) -> {
                  streamed.add(message.getData().toStringUtf8());
                  reply.ack();
                })
            .build();
    subscriber.startAsync().awaitRunning();
    for (int i = 0; i < 300; i++) {
      pubsub.publish(Clients.topic("requests"), Map.of(), ("m" + i).getBytes(UTF_8));
    }
    Eventually.holds(
        () -> pubsub.backlogs().stream().allMatch(report -> report.unacknowledged() == 0));
    subscriber.stopAsync().awaitTerminated(10, TimeUnit.SECONDS);
    assertThat(streamed).hasSize(300);
    assertThat(receiver.pushes()).hasSizeGreaterThan(330);
    assertThat(receiver.pushes().stream().map(PushReceiver.Push::data).distinct()).hasSize(300);
  }

  @Test
  void theSameSeedHitsTheSameDeliveriesAndClearEndsIt() {
    List<Boolean> first = drops(new DeliveryFaults(42));
    assertThat(drops(new DeliveryFaults(42))).isEqualTo(first).contains(true, false);
    DeliveryFaults cleared = new DeliveryFaults(42);
    cleared.dropAcknowledgement(DeliveryFaults.ALL, Chance.always());
    cleared.clear();
    assertThat(cleared.dropsAcknowledgement("any")).isFalse();
  }

  private static List<Boolean> drops(DeliveryFaults faults) {
    faults.dropAcknowledgement(DeliveryFaults.ALL, Chance.of(0.3));
    List<Boolean> result = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      result.add(faults.dropsAcknowledgement("s"));
    }
    return result;
  }
}
