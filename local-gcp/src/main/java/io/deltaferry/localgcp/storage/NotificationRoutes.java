package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import io.deltaferry.localgcp.http.JsonHttpServer;
import java.io.IOException;

/** The {@code notificationConfigs} resource, and the service account that sends for it. */
final class NotificationRoutes {
  private static final String ALL = "/storage/v1/b/{bucket}/notificationConfigs";
  private static final String ONE = ALL + "/{id}";

  private final Buckets buckets;

  NotificationRoutes(Buckets buckets) {
    this.buckets = buckets;
  }

  void addTo(JsonHttpServer server) {
    server.route("POST", ALL, this::insert);
    server.route("GET", ALL, this::list);
    server.route("GET", ONE, this::find);
    server.route("DELETE", ONE, this::delete);
    server.route("GET", "/storage/v1/projects/{project=*}/serviceAccount", this::account);
  }

  private void insert(HttpCall call) throws IOException {
    Notification added = bucket(call).addNotification(call.json());
    call.respondJson(200, shown(call, added));
  }

  private void list(HttpCall call) throws IOException {
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("kind", "storage#notifications");
    bucket(call)
        .notifications()
        .forEach(notification -> answer.withArray("items").add(shown(call, notification)));
    call.respondJson(200, answer);
  }

  private void find(HttpCall call) throws IOException {
    Notification found =
        bucket(call).notifications().stream()
            .filter(notification -> notification.id().equals(call.path("id")))
            .findFirst()
            .orElseThrow(() -> missing(call));
    call.respondJson(200, shown(call, found));
  }

  private void delete(HttpCall call) throws IOException {
    if (!bucket(call).removeNotification(call.path("id"))) {
      throw missing(call);
    }
    call.respondEmpty(204);
  }

  private void account(HttpCall call) throws IOException {
    String number = BucketResource.projectNumber(call.path("project"));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("kind", "storage#serviceAccount");
    answer.put(
        "email_address", "service-" + number + "@gs-project-accounts.iam.gserviceaccount.com");
    call.respondJson(200, answer);
  }

  private Bucket bucket(HttpCall call) {
    return buckets.require(call.path("bucket"));
  }

  private static GoogleError missing(HttpCall call) {
    return GoogleError.notFound("No such notification: " + call.path("id"));
  }

  private static ObjectNode shown(HttpCall call, Notification notification) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    notification.writeTo(json, call.baseUrl() + "/storage/v1/b/" + call.path("bucket"));
    return json;
  }
}
