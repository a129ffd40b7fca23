package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.AcknowledgeRequest;
import com.google.pubsub.v1.ListSubscriptionsRequest;
import com.google.pubsub.v1.ListSubscriptionsResponse;
import com.google.pubsub.v1.ModifyAckDeadlineRequest;
import com.google.pubsub.v1.ModifyPushConfigRequest;
import com.google.pubsub.v1.PullRequest;
import com.google.pubsub.v1.PullResponse;
import com.google.pubsub.v1.SeekRequest;
import com.google.pubsub.v1.SeekResponse;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.UpdateSubscriptionRequest;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;
import java.util.concurrent.CompletionException;

/** The Subscriber methods in their REST form. */
final class RestSubscriptions {
  private static final String COLLECTION = "/v1/projects/{project}/subscriptions";
  private static final String ONE = COLLECTION + "/{subscription}";

  private final Subscriptions subscriptions;
  private final Pulls pulls;

  RestSubscriptions(Subscriptions subscriptions, Pulls pulls) {
    this.subscriptions = subscriptions;
    this.pulls = pulls;
  }

  void addTo(JsonHttpServer server) {
    add(server, "PUT", ONE, this::create);
    add(server, "GET", ONE, call -> subscriptions.read(call.subscription()));
    add(server, "PATCH", ONE, this::update);
    add(server, "DELETE", ONE, this::delete);
    add(server, "GET", COLLECTION, this::list);
    add(server, "POST", ONE + ":pull", this::pull);
    add(server, "POST", ONE + ":acknowledge", this::acknowledge);
    add(server, "POST", ONE + ":modifyAckDeadline", this::modifyAckDeadline);
    add(server, "POST", ONE + ":modifyPushConfig", this::modifyPushConfig);
    add(server, "POST", ONE + ":seek", this::seek);
  }

  private static void add(JsonHttpServer server, String verb, String path, RestCall.Method method) {
    server.route(verb, path, http -> RestCall.handle(http, method));
  }

  private Subscription create(RestCall call) throws IOException {
    return subscriptions.create(
        call.body(Subscription.newBuilder()).setName(call.subscription()).build());
  }

  private Subscription update(RestCall call) throws IOException {
    UpdateSubscriptionRequest.Builder request = call.body(UpdateSubscriptionRequest.newBuilder());
    request.getSubscriptionBuilder().setName(call.subscription());
    return subscriptions.update(request.build());
  }

  private Empty delete(RestCall call) {
    subscriptions.delete(call.subscription());
    return Empty.getDefaultInstance();
  }

  private ListSubscriptionsResponse list(RestCall call) {
    return subscriptions.list(
        ListSubscriptionsRequest.newBuilder()
            .setProject(call.project())
            .setPageSize(call.pageSize())
            .setPageToken(call.pageToken())
            .build());
  }

  private PullResponse pull(RestCall call) throws IOException {
    PullRequest.Builder request = call.body(PullRequest.newBuilder());
    try {
      return pulls.pull(request.setSubscription(call.subscription()).build()).join();
    } catch (CompletionException e) {
      throw UnaryAnswer.statusOf(e.getCause() == null ? e : e.getCause());
    }
  }

  private Empty acknowledge(RestCall call) throws IOException {
    AcknowledgeRequest.Builder request = call.body(AcknowledgeRequest.newBuilder());
    pulls.acknowledge(request.setSubscription(call.subscription()).build());
    return Empty.getDefaultInstance();
  }

  private Empty modifyAckDeadline(RestCall call) throws IOException {
    ModifyAckDeadlineRequest.Builder request = call.body(ModifyAckDeadlineRequest.newBuilder());
    pulls.modifyAckDeadline(request.setSubscription(call.subscription()).build());
    return Empty.getDefaultInstance();
  }

  private Empty modifyPushConfig(RestCall call) throws IOException {
    ModifyPushConfigRequest.Builder request = call.body(ModifyPushConfigRequest.newBuilder());
    subscriptions.modifyPush(request.setSubscription(call.subscription()).build());
    return Empty.getDefaultInstance();
  }

  private SeekResponse seek(RestCall call) throws IOException {
    SeekRequest.Builder request = call.body(SeekRequest.newBuilder());
    subscriptions.seek(request.setSubscription(call.subscription()).build());
    return SeekResponse.getDefaultInstance();
  }
}
