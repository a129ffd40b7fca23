package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.Subscription;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PushDeadlineTest {
  private final MovableClock clock = new MovableClock();
  private final CountDownLatch releaseFirst = new CountDownLatch(1);
  private final CountDownLatch releaseOthers = new CountDownLatch(1);

  @Test
  void aSuccessAfterTheDeadlineCountsForNothing() throws Exception {
    PubSubSettings settings =
        PubSubSettings.inMemory().withClock(clock).withMaxOutstandingPushes(2);
    try (PushReceiver receiver = new PushReceiver();
        LocalPubSub pubsub = new LocalPubSub(settings).start();
        Clients clients = new Clients(pubsub)) {
      receiver.answers(push -> answer(receiver.pushes()));
      clients.topics.createTopic(Clients.topic("requests"));
      PushConfig config = PushConfig.newBuilder().setPushEndpoint(receiver.url()).build();
      clients.subscribe("push", "requests", Subscription.newBuilder().setPushConfig(config));
      clients.publish("requests", "x");
      Eventually.holds(() -> receiver.pushes().size() == 1);
      // The clock stands still in between, so each change is followed by something that wakes.
      clock.move(Duration.ofSeconds(10));
      clients.subscriptions.modifyPushConfig(Clients.subscription("push"), config);
      Eventually.holds(() -> pubsub.backlogs().get(0).outstanding() == 0);
      clock.move(Duration.ofSeconds(1));
      clients.subscriptions.modifyPushConfig(Clients.subscription("push"), config);
      Eventually.holds(() -> receiver.pushes().size() == 2);
      // Both places are taken: the next message goes out once the late success has been dealt with.
      clients.publish("requests", "y");
      releaseFirst.countDown();
      Eventually.holds(() -> receiver.pushes().size() == 3);
      assertThat(pubsub.backlogs().get(0).unacknowledged()).isEqualTo(2);
      releaseOthers.countDown();
      Eventually.holds(() -> pubsub.backlogs().get(0).unacknowledged() == 0);
      assertThat(receiver.pushes())
          .extracting(PushReceiver.Push::data)
          .containsExactly("x", "x", "y");
    }
  }

  private int answer(List<PushReceiver.Push> soFar) {
    CountDownLatch latch = soFar.size() == 1 ? releaseFirst : releaseOthers;
    try {
      return latch.await(8, TimeUnit.SECONDS) ? 200 : 500;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 500;
    }
  }
}
