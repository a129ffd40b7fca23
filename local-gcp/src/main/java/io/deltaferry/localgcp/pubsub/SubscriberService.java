package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.DeleteSubscriptionRequest;
import com.google.pubsub.v1.GetSubscriptionRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.StreamingPullRequest;
import com.google.pubsub.v1.StreamingPullResponse;
import com.google.pubsub.v1.SubscriberGrpc;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;

/** The Subscriber service over gRPC; the snapshot methods answer UNIMPLEMENTED. */
final class SubscriberService extends SubscriberGrpc.SubscriberImplBase {
  private final Subscriptions subscriptions;
  private final Pulls pulls;

  SubscriberService(Subscriptions subscriptions, Pulls pulls) {
    this.subscriptions = subscriptions;
    this.pulls = pulls;
  }

  @Override
  public void createSubscription(Subscription request, StreamObserver<Subscription> client) {
    UnaryAnswer.send(client, () -> subscriptions.create(request));
  }

  @Override
  public void getSubscription(GetSubscriptionRequest request, StreamObserver<Subscription> client) {
    UnaryAnswer.send(client, () -> subscriptions.read(request.getSubscription()));
  }

  @Override
  public void updateSubscription(
      UpdateSubscriptionRequest request, StreamObserver<Subscription> client) {
    UnaryAnswer.send(client, () -> subscriptions.update(request));
  }

  @Override
  public void listSubscriptions(
      ListSubscriptionsRequest request, StreamObserver<ListSubscriptionsResponse> client) {
    UnaryAnswer.send(client, () -> subscriptions.list(request));
  }

  @Override
  public void deleteSubscription(DeleteSubscriptionRequest request, StreamObserver<Empty> client) {
    sendEmpty(client, () -> subscriptions.delete(request.getSubscription()));
  }

  @Override
  public void modifyPushConfig(ModifyPushConfigRequest request, StreamObserver<Empty> client) {
    sendEmpty(client, () -> subscriptions.modifyPush(request));
  }

  @Override
  public void seek(SeekRequest request, StreamObserver<SeekResponse> client) {
    UnaryAnswer.send(
        client,
        () -> {
          subscriptions.seek(request);
          return SeekResponse.getDefaultInstance();
        });
  }

  @Override
  public void acknowledge(AcknowledgeRequest request, StreamObserver<Empty> client) {
    sendEmpty(client, () -> pulls.acknowledge(request));
  }

  @Override
  public void modifyAckDeadline(ModifyAckDeadlineRequest request, StreamObserver<Empty> client) {
    sendEmpty(client, () -> pulls.modifyAckDeadline(request));
  }

  @Override
  public void pull(PullRequest request, StreamObserver<PullResponse> client) {
    CompletableFuture<PullResponse> answer;
    try {
      answer = pulls.pull(request);
    } catch (RuntimeException e) {
      client.onError(UnaryAnswer.statusOf(e));
      return;
    }
    ((ServerCallStreamObserver<PullResponse>) client)
        .setOnCancelHandler(() -> answer.cancel(false));
    var unused =
        answer.whenComplete(
            (response, failure) -> {
              if (failure == null) {
                UnaryAnswer.send(client, () -> response);
              } else if (!answer.isCancelled()) {
                Throwable cause = failure.getCause();
                client.onError(UnaryAnswer.statusOf(cause == null ? failure : cause));
              }
            });
  }

  @Override
  public StreamObserver<StreamingPullRequest> streamingPull(
      StreamObserver<StreamingPullResponse> client) {
    return new PullStream(pulls, (ServerCallStreamObserver<StreamingPullResponse>) client);
  }

  private static void sendEmpty(StreamObserver<Empty> client, Runnable work) {
    UnaryAnswer.send(
        client,
        () -> {
          work.run();
          return Empty.getDefaultInstance();
        });
  }
}
