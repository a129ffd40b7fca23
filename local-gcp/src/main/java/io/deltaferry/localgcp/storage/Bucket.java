package io.deltaferry.localgcp.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** One bucket: its settings, its notifications, its objects. */
final class Bucket {
  private static final ArrayNode NO_BINDINGS = JsonNodeFactory.instance.arrayNode();

  private final String name;
  private final BucketDirectory directory;
  private final Contents contents;
  private volatile ObjectNode resource;
  private volatile List<Notification> notifications;
  private volatile ObjectNode policy;
  private int lastNotification;

  /** Opens what is on disk. */
  Bucket(String name, BucketDirectory directory, Generations generations) throws IOException {
    this.name = name;
    this.directory = directory;
    JsonNode stored = directory.settings();
    this.resource = (ObjectNode) stored.get("resource");
    this.policy =
        stored.path("policy") instanceof ObjectNode kept
            ? kept
            : JsonNodeFactory.instance.objectNode().set("bindings", NO_BINDINGS);
    this.lastNotification = stored.path("lastNotification").asInt();
    List<Notification> configured = new ArrayList<>();
    stored
        .path("notifications")
        .forEach(json -> configured.add(Notification.of(json.get("id").asText(), json)));
    this.notifications = List.copyOf(configured);
    this.contents = new Contents(name, directory, generations);
  }

  static Bucket create(BucketDirectory directory, ObjectNode resource, Generations generations)
      throws IOException {
    ObjectNode stored = JsonNodeFactory.instance.objectNode();
    stored.set("resource", resource);
    directory.writeSettings(stored);
    return new Bucket(resource.get("name").asText(), directory, generations);
  }

  String name() {
    return name;
  }

  Contents contents() {
    return contents;
  }

  /** A copy of the API's resource. */
  ObjectNode resource() {
    return resource.deepCopy();
  }

  long metageneration() {
    return resource.get("metageneration").asLong();
  }

  List<Notification> notifications() {
    return notifications;
  }

  /** A copy of the policy; without bindings when nobody has set one. */
  ObjectNode policy() {
    return policy.deepCopy();
  }

  synchronized void setPolicy(ObjectNode wanted) throws IOException {
    save(resource, notifications, wanted);
  }

  synchronized ObjectNode change(Preconditions preconditions, UnaryOperator<ObjectNode> edit)
      throws IOException {
    preconditions.checkBucket(metageneration());
    ObjectNode changed = edit.apply(resource());
    changed.put("metageneration", Long.toString(metageneration() + 1));
    changed.put("etag", "b" + (metageneration() + 1));
    save(changed, notifications, policy);
    return resource();
  }

  synchronized Notification addNotification(JsonNode json) throws IOException {
    Notification added = Notification.of(Integer.toString(lastNotification + 1), json);
    List<Notification> more = new ArrayList<>(notifications);
    more.add(added);
    lastNotification++;
    save(resource, more, policy);
    return added;
  }

  synchronized boolean removeNotification(String id) throws IOException {
    List<Notification> fewer = new ArrayList<>(notifications);
    boolean removed = fewer.removeIf(notification -> notification.id().equals(id));
    if (removed) {
      save(resource, fewer, policy);
    }
    return removed;
  }

  private void save(
      ObjectNode newResource, List<Notification> newNotifications, ObjectNode newPolicy)
      throws IOException {
    ObjectNode stored = JsonNodeFactory.instance.objectNode();
    stored.set("resource", newResource);
    stored.set("policy", newPolicy);
    stored.put("lastNotification", lastNotification);
    stored.putArray("notifications");
    for (Notification notification : newNotifications) {
      notification.writeTo(stored.withArray("notifications").addObject(), "");
    }
    directory.writeSettings(stored);
    resource = newResource;
    notifications = List.copyOf(newNotifications);
    policy = newPolicy;
  }

  void deleteFiles() throws IOException {
    directory.delete();
  }
}
