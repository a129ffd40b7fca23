package io.deltaferry.cli.endtoend;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Everything that one topic tells from now on. */
final class Inbox<T> implements AutoCloseable {
  private final Closing closing = new Closing();
  private final List<T> items = new CopyOnWriteArrayList<>();

  Inbox(GoogleClients clients, String topic, Function<PubsubMessage, T> read) {
    String name = SubscriptionName.format(clients.project(), "test-" + topic);
    try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
      admin.ensure(
          Subscription.newBuilder()
              .setName(name)
              .setTopic(TopicName.format(clients.project(), topic))
              .setAckDeadlineSeconds(60)
              .build());
    }
    GoogleClients.PubSubEndpoint local = clients.pubSub().orElseThrow();
    closing.add(() -> local.channel().shutdownNow());
    Subscriber subscriber =
        Subscriber.newBuilder(
                name,
                (PubsubMessage message, AckReplyConsumer reply) -> {
                  items.add(read.apply(message));
                  reply.ack();
                })
            .setChannelProvider(local.channelProvider())
            .setCredentialsProvider(local.credentials())
            .build();
    subscriber.startAsync().awaitRunning();
    closing.add(() -> subscriber.stopAsync().awaitTerminated(5, TimeUnit.SECONDS));
  }

  /** All so far, in the order of their arrival. */
  List<T> items() {
    return List.copyOf(items);
  }

  Optional<T> find(Predicate<T> wanted) {
    return items.stream().filter(wanted).findFirst();
  }

  /** Waits for the first that is wanted. */
  T await(String what, Duration timeout, Predicate<T> wanted) {
    return Waiting.until(what, timeout, () -> find(wanted));
  }

  @Override
  public void close() {
    closing.close();
  }
}
