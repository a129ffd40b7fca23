package io.deltaferry.cli.local;

import com.google.api.gax.rpc.AlreadyExistsException;
import com.google.api.gax.rpc.NotFoundException;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.FieldMask;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.gcp.GoogleClients.PubSubEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Makes topics and subscriptions; what exists already is brought up to date or left. */
public final class PubSubAdmin implements AutoCloseable {
  private static final FieldMask DELIVERY =
      FieldMask.newBuilder()
          .addPaths("push_config")
          .addPaths("dead_letter_policy")
          .addPaths("retry_policy")
          .build();

  private final Optional<PubSubEndpoint> endpoint;
  private final TopicAdminClient topics;
  private final SubscriptionAdminClient subscriptions;

  private PubSubAdmin(
      Optional<PubSubEndpoint> endpoint,
      TopicAdminClient topics,
      SubscriptionAdminClient subscriptions) {
    this.endpoint = endpoint;
    this.topics = topics;
    this.subscriptions = subscriptions;
  }

  public static PubSubAdmin connect(GoogleClients clients) {
    Optional<PubSubEndpoint> endpoint = clients.pubSub();
    TopicAdminSettings.Builder topics = TopicAdminSettings.newBuilder();
    SubscriptionAdminSettings.Builder subscriptions = SubscriptionAdminSettings.newBuilder();
    endpoint.ifPresent(
        local -> {
          topics
              .setTransportChannelProvider(local.channelProvider())
              .setCredentialsProvider(local.credentials());
          subscriptions
              .setTransportChannelProvider(local.channelProvider())
              .setCredentialsProvider(local.credentials());
        });
    try {
      return new PubSubAdmin(
          endpoint,
          TopicAdminClient.create(topics.build()),
          SubscriptionAdminClient.create(subscriptions.build()));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot reach Pub/Sub", e);
    }
  }

  /** Creates the topic unless it exists. */
  public void ensure(TopicName topic) {
    try {
      topics.createTopic(topic);
    } catch (AlreadyExistsException e) {
      return;
    }
  }

  /** Creates the subscription; one that exists keeps its messages and delivers as this one. */
  public void ensure(Subscription subscription) {
    try {
      subscriptions.createSubscription(subscription);
    } catch (AlreadyExistsException e) {
      subscriptions.updateSubscription(subscription, DELIVERY);
    }
  }

  /** Deletes the subscription if it exists. */
  public void delete(String subscription) {
    try {
      subscriptions.deleteSubscription(subscription);
    } catch (NotFoundException e) {
      return;
    }
  }

  /** The client of topics itself. */
  public TopicAdminClient topics() {
    return topics;
  }

  /** The client of subscriptions itself, for pulling. */
  public SubscriptionAdminClient subscriptions() {
    return subscriptions;
  }

  @Override
  public void close() {
    topics.close();
    subscriptions.close();
    endpoint.ifPresent(local -> local.channel().shutdownNow());
  }
}
