package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DeleteTopicRequest;
import com.google.pubsub.v1.DetachSubscriptionRequest;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.GetTopicRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.PublisherGrpc;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.grpc.stub.StreamObserver;

/** The Publisher service over gRPC; the snapshot methods answer UNIMPLEMENTED. */
final class PublisherService extends PublisherGrpc.PublisherImplBase {
  private final Topics topics;
  private final Subscriptions subscriptions;
  private final Publication publication;

  PublisherService(Topics topics, Subscriptions subscriptions, Publication publication) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.publication = publication;
  }

  @Override
  public void createTopic(Topic request, StreamObserver<Topic> client) {
    UnaryAnswer.send(client, () -> topics.create(request));
  }

  @Override
  public void updateTopic(UpdateTopicRequest request, StreamObserver<Topic> client) {
    UnaryAnswer.send(client, () -> topics.update(request));
  }

  @Override
  public void getTopic(GetTopicRequest request, StreamObserver<Topic> client) {
    UnaryAnswer.send(client, () -> topics.require(request.getTopic()));
  }

  @Override
  public void listTopics(ListTopicsRequest request, StreamObserver<ListTopicsResponse> client) {
    UnaryAnswer.send(client, () -> topics.list(request));
  }

  @Override
  public void deleteTopic(DeleteTopicRequest request, StreamObserver<Empty> client) {
    UnaryAnswer.send(
        client,
        () -> {
          subscriptions.deleteTopic(request.getTopic());
          return Empty.getDefaultInstance();
        });
  }

  @Override
  public void listTopicSubscriptions(
      ListTopicSubscriptionsRequest request,
      StreamObserver<ListTopicSubscriptionsResponse> client) {
    UnaryAnswer.send(client, () -> subscriptions.list(request));
  }

  @Override
  public void publish(PublishRequest request, StreamObserver<PublishResponse> client) {
    UnaryAnswer.send(
        client,
        () ->
            PublishResponse.newBuilder()
                .addAllMessageIds(
                    publication.publish(request.getTopic(), request.getMessagesList()))
                .build());
  }

  @Override
  public void detachSubscription(
      DetachSubscriptionRequest request, StreamObserver<DetachSubscriptionResponse> client) {
    UnaryAnswer.send(
        client,
        () -> {
          subscriptions.detach(request.getSubscription());
          return DetachSubscriptionResponse.getDefaultInstance();
        });
  }
}
