package io.deltaferry.localgcp.pubsub;

import com.google.protobuf.Empty;
import com.google.pubsub.v1.DetachSubscriptionResponse;
import com.google.pubsub.v1.ListTopicSubscriptionsRequest;
import com.google.pubsub.v1.ListTopicSubscriptionsResponse;
import com.google.pubsub.v1.ListTopicsRequest;
import com.google.pubsub.v1.ListTopicsResponse;
import com.google.pubsub.v1.PublishRequest;
import com.google.pubsub.v1.PublishResponse;
import com.google.pubsub.v1.Topic;
import com.google.pubsub.v1.UpdateTopicRequest;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;

/** The Publisher methods in their REST form. */
final class RestTopics {
  private static final String COLLECTION = "/v1/projects/{project}/topics";
  private static final String ONE = COLLECTION + "/{topic}";

  private final Topics topics;
  private final Subscriptions subscriptions;
  private final Publication publication;

  RestTopics(Topics topics, Subscriptions subscriptions, Publication publication) {
    this.topics = topics;
    this.subscriptions = subscriptions;
    this.publication = publication;
  }

  void addTo(JsonHttpServer server) {
    add(server, "PUT", ONE, this::create);
    add(server, "GET", ONE, call -> topics.require(call.topic()));
    add(server, "PATCH", ONE, this::update);
    add(server, "DELETE", ONE, this::delete);
    add(server, "GET", COLLECTION, this::list);
    add(server, "POST", ONE + ":publish", this::publish);
    add(server, "GET", ONE + "/subscriptions", this::listSubscriptions);
    add(server, "POST", "/v1/projects/{project}/subscriptions/{subscription}:detach", this::detach);
  }

  private static void add(JsonHttpServer server, String verb, String path, RestCall.Method method) {
    server.route(verb, path, http -> RestCall.handle(http, method));
  }

  private Topic create(RestCall call) throws IOException {
    return topics.create(call.body(Topic.newBuilder()).setName(call.topic()).build());
  }

  private Topic update(RestCall call) throws IOException {
    UpdateTopicRequest.Builder request = call.body(UpdateTopicRequest.newBuilder());
    request.getTopicBuilder().setName(call.topic());
    return topics.update(request.build());
  }

  private Empty delete(RestCall call) {
    subscriptions.deleteTopic(call.topic());
    return Empty.getDefaultInstance();
  }

  private ListTopicsResponse list(RestCall call) {
    return topics.list(
        ListTopicsRequest.newBuilder()
            .setProject(call.project())
            .setPageSize(call.pageSize())
            .setPageToken(call.pageToken())
            .build());
  }

  private PublishResponse publish(RestCall call) throws IOException {
    PublishRequest request = call.body(PublishRequest.newBuilder()).build();
    return PublishResponse.newBuilder()
        .addAllMessageIds(publication.publish(call.topic(), request.getMessagesList()))
        .build();
  }

  private ListTopicSubscriptionsResponse listSubscriptions(RestCall call) {
    return subscriptions.list(
        ListTopicSubscriptionsRequest.newBuilder()
            .setTopic(call.topic())
            .setPageSize(call.pageSize())
            .setPageToken(call.pageToken())
            .build());
  }

  private DetachSubscriptionResponse detach(RestCall call) {
    subscriptions.detach(call.subscription());
    return DetachSubscriptionResponse.getDefaultInstance();
  }
}
