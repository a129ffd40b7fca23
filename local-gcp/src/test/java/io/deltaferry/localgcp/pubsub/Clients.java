package io.deltaferry.localgcp.pubsub;

import com.google.api.gax.core.NoCredentialsProvider;
import com.google.api.gax.grpc.GrpcTransportChannel;
import com.google.api.gax.rpc.ClientStream;
import com.google.api.gax.rpc.FixedTransportChannelProvider;
import com.google.api.gax.rpc.StateCheckingResponseObserver;
import com.google.api.gax.rpc.StreamController;
import com.google.api.gax.rpc.TransportChannelProvider;
import com.google.cloud.pubsub.v1.MessageReceiver;
import com.google.cloud.pubsub.v1.Publisher;
import com.google.cloud.pubsub.v1.Subscriber;
import com.google.cloud.pubsub.v1.SubscriptionAdminClient;
import com.google.cloud.pubsub.v1.SubscriptionAdminSettings;
import com.google.cloud.pubsub.v1.TopicAdminClient;
import com.google.cloud.pubsub.v1.TopicAdminSettings;
import com.google.protobuf.ByteString;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PubsubMessage;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.Subscription;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The official clients, pointed at a local Pub/Sub. */
final class Clients implements AutoCloseable {
  private static final NoCredentialsProvider NOBODY = NoCredentialsProvider.create();

  private final ManagedChannel channel;
  private final TransportChannelProvider transport;
  final TopicAdminClient topics;
  final SubscriptionAdminClient subscriptions;

  Clients(LocalPubSub pubsub) throws IOException {
    channel = ManagedChannelBuilder.forTarget(pubsub.grpcTarget()).usePlaintext().build();
    transport = FixedTransportChannelProvider.create(GrpcTransportChannel.create(channel));
    topics =
        TopicAdminClient.create(
            TopicAdminSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(NOBODY)
                .build());
    subscriptions =
        SubscriptionAdminClient.create(
            SubscriptionAdminSettings.newBuilder()
                .setTransportChannelProvider(transport)
                .setCredentialsProvider(NOBODY)
                .build());
  }

  static String topic(String id) {
    return "projects/p1/topics/" + id;
  }

  static String subscription(String id) {
    return "projects/p1/subscriptions/" + id;
  }

  static PubsubMessage message(String data, Map<String, String> attributes) {
    return PubsubMessage.newBuilder()
        .setData(ByteString.copyFromUtf8(data))
        .putAllAttributes(attributes)
        .build();
  }

  Publisher.Builder publisher(String topicId) {
    return Publisher.newBuilder(topic(topicId))
        .setChannelProvider(transport)
        .setCredentialsProvider(NOBODY);
  }

  Subscriber.Builder subscriber(String subscriptionId, MessageReceiver receiver) {
    return Subscriber.newBuilder(subscription(subscriptionId), receiver)
        .setChannelProvider(transport)
        .setCredentialsProvider(NOBODY);
  }

  /** A topic and a pull subscription of the same id. */
  Subscription pair(String id) {
    topics.createTopic(topic(id));
    return subscribe(id, id, Subscription.newBuilder());
  }

  Subscription subscribe(String id, String topicId, Subscription.Builder settings) {
    return subscriptions.createSubscription(
        settings.setName(subscription(id)).setTopic(topic(topicId)).build());
  }

  String publish(String topicId, String data) {
    return publish(topicId, message(data, Map.of()));
  }

  String publish(String topicId, PubsubMessage message) {
    return topics
        .publish(PublishRequest.newBuilder().setTopic(topic(topicId)).addMessages(message).build())
        .getMessageIds(0);
  }

  /** At most {@code max} messages; waits a few seconds for the first. */
  List<ReceivedMessage> pull(String id, int max) {
    return subscriptions
        .pullCallable()
        .call(
            PullRequest.newBuilder().setSubscription(subscription(id)).setMaxMessages(max).build())
        .getReceivedMessagesList();
  }

  /** A streaming pull with nothing around it. */
  ClientStream<StreamingPullRequest> stream(
      StreamingPullRequest first, Consumer<StreamingPullResponse> receiver) {
    ClientStream<StreamingPullRequest> stream =
        subscriptions.streamingPullCallable().splitCall(new Responses(receiver));
    stream.send(first);
    return stream;
  }

  private static final class Responses
      extends StateCheckingResponseObserver<StreamingPullResponse> {
    private final Consumer<StreamingPullResponse> receiver;

    Responses(Consumer<StreamingPullResponse> receiver) {
      this.receiver = receiver;
    }

    @Override
    protected void onStartImpl(StreamController controller) {}

    @Override
    protected void onResponseImpl(StreamingPullResponse response) {
      receiver.accept(response);
    }

    @Override
    protected void onErrorImpl(Throwable failure) {}

    @Override
    protected void onCompleteImpl() {}
  }

  void acknowledge(String id, ReceivedMessage message) {
    subscriptions
        .acknowledgeCallable()
        .call(
            AcknowledgeRequest.newBuilder()
                .setSubscription(subscription(id))
                .addAckIds(message.getAckId())
                .build());
  }

  void modifyDeadline(String id, ReceivedMessage message, int seconds) {
    subscriptions
        .modifyAckDeadlineCallable()
        .call(
            ModifyAckDeadlineRequest.newBuilder()
                .setSubscription(subscription(id))
                .addAckIds(message.getAckId())
                .setAckDeadlineSeconds(seconds)
                .build());
  }

  @Override
  public void close() {
    topics.close();
    subscriptions.close();
    channel.shutdownNow();
  }
}
