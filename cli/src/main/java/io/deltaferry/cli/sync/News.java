package io.deltaferry.cli.sync;

import com.google.cloud.pubsub.v1.AckReplyConsumer;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.protobuf.Duration;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.local.Closing;
import io.deltaferry.cli.local.PubSubAdmin;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.GoogleClients.PubSubEndpoint;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What topics tell from now on, through subscriptions of this waiter alone. */
final class News implements AutoCloseable {
  /** A waiter that was killed leaves its subscriptions; they expire after the shortest time. */
  private static final long EXPIRES_SECONDS = 86_400;

  private static final int ACK_DEADLINE_SECONDS = 60;

  private final GoogleClients clients;
  private final PubSubAdmin admin;
  private final String waiter;
  private final Closing closing = new Closing();
  private final BlockingQueue<Item> items = new LinkedBlockingQueue<>();

  /** One message of one of the topics. */
  record Item(String topic, PubsubMessage message) {}

  /**
   * @param waiter a name of its own for each waiter
   */
  News(GoogleClients clients, String waiter) {
    this.clients = clients;
    this.waiter = waiter;
    this.admin = closing.add(PubSubAdmin.connect(clients));
  }

  /** Subscribes; messages published after this call will come. */
  void follow(String topic) {
    String name = SubscriptionName.format(clients.project(), waiter + "-" + topic);
    admin.ensure(
        Subscription.newBuilder()
            .setName(name)
            .setTopic(TopicName.format(clients.project(), topic))
            .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
            .setExpirationPolicy(
                ExpirationPolicy.newBuilder()
                    .setTtl(Duration.newBuilder().setSeconds(EXPIRES_SECONDS)))
            .build());
    closing.add(() -> admin.delete(name));
    Subscriber.Builder builder =
        Subscriber.newBuilder(
            name,
            (PubsubMessage message, AckReplyConsumer reply) -> {
              items.add(new Item(topic, message));
              reply.ack();
            });
    Optional<PubSubEndpoint> endpoint = clients.pubSub();
    endpoint.ifPresent(
        local -> {
          builder
              .setChannelProvider(local.channelProvider())
              .setCredentialsProvider(local.credentials());
          closing.add(local);
        });
    Subscriber subscriber = builder.build();
    subscriber.startAsync().awaitRunning();
    closing.add(() -> subscriber.stopAsync().awaitTerminated(5, TimeUnit.SECONDS));
  }

  /** The next message, or null when none comes in time. */
  @Nullable Item next(long millis) throws InterruptedException {
    return items.poll(millis, TimeUnit.MILLISECONDS);
  }

  @Override
  public void close() {
    closing.close();
  }
}
