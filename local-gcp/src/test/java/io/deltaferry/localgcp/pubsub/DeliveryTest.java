package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.ByteString;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One subscription at work, without a network. */
class DeliveryTest {
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  private final MovableClock clock = new MovableClock();
  private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
  private final DeliveryFaults faults = new DeliveryFaults(1);
  private final Queue<Lease> taken = new ConcurrentLinkedQueue<>();
  private final Delivery delivery =
      new Delivery(
          Subscription.newBuilder()
              .setName(Clients.subscription("orders"))
              .setMessageRetentionDuration(Durations.fromDays(7))
              .build(),
          new DeliveryEnvironment(
              clock,
              scheduler,
              Journal.none(),
              faults,
              (topic, message) -> false,
              HttpClient.newHttpClient(),
              new OidcTokens(clock),
              1));

  @AfterEach
  void stop() {
    scheduler.shutdownNow();
  }

  @Test
  void aMessageThatBecomesDueWhileARoundIsUnderWayIsNotForgotten() throws Exception {
    faults.delay(DeliveryFaults.ALL, Chance.next(1), DEADLINE);
    delivery.enqueue(message("1"));
    // The round that this woke is over once a task after it has run.
    scheduler.submit(() -> {}).get();
    AtomicInteger rounds = new AtomicInteger();
    delivery.attach(
        () -> {
          taken.addAll(delivery.lease(1, Long.MAX_VALUE, DEADLINE));
          if (rounds.incrementAndGet() == 1) {
            clock.move(DEADLINE);
          }
        });
    Eventually.holds(() -> taken.size() == 1);
  }

  private static PubsubMessage message(String id) {
    return PubsubMessage.newBuilder()
        .setMessageId(id)
        .setData(ByteString.copyFromUtf8("x"))
        .setPublishTime(Times.of(new MovableClock().instant()))
        .build();
  }
}
