package io.deltaferry.cli.doctor.cloud;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.cli.doctor.Remedy;
import io.deltaferry.service.Topology;

/** The commands that mend a deployment, as Google's command-line tools take them. */
public final class Gcloud {
  private static final Topology SHAPE = Topology.DEFAULT;

  private final Cloud cloud;

  public Gcloud(Cloud cloud) {
    this.cloud = cloud;
  }

  Remedy enable(String api) {
    return Remedy.shell("gcloud services enable " + api + project());
  }

  Remedy createBucket() {
    return Remedy.shell(
        "gcloud storage buckets create gs://%s --location=%s --uniform-bucket-level-access"
                .formatted(cloud.bucket(), cloud.location())
            + " --public-access-prevention --soft-delete-duration=0s"
            + project());
  }

  Remedy updateBucket(String flags) {
    return Remedy.shell("gcloud storage buckets update gs://" + cloud.bucket() + " " + flags);
  }

  /** Replaces all of the bucket's rules. */
  Remedy setLifecycle() {
    ObjectNode lifecycle = JsonNodeFactory.instance.objectNode();
    ArrayNode rules = lifecycle.putArray("rule");
    SHAPE
        .bucket()
        .expireDays()
        .forEach(
            (prefix, days) -> {
              ObjectNode rule = rules.addObject();
              rule.putObject("action").put("type", "Delete");
              rule.putObject("condition").put("age", days).putArray("matchesPrefix").add(prefix);
            });
    // The command follows links to what it reads, so that it takes no pipe.
    String file = "lifecycle.json";
    return Remedy.shell(
        "echo '%s' > %s && %s"
            .formatted(lifecycle, file, updateBucket("--lifecycle-file=" + file).text()));
  }

  Remedy createNotification() {
    Topology.Notification shape = SHAPE.notification();
    return Remedy.shell(
        "gcloud storage buckets notifications create gs://%s --topic=%s --object-prefix=%s"
                .formatted(
                    cloud.bucket(),
                    cloud.topicPath(cloud.topic(shape.topic())),
                    shape.objectPrefix())
            + " --event-types=%s --payload-format=json".formatted(shape.eventType()));
  }

  Remedy deleteNotification(String id) {
    return Remedy.shell(
        "gcloud storage buckets notifications delete projects/_/buckets/%s/notificationConfigs/%s"
            .formatted(cloud.bucket(), id));
  }

  Remedy createTopic(String topic) {
    return Remedy.shell("gcloud pubsub topics create " + topic + project());
  }

  Remedy createPushSubscription(String subscription, String topic, String service) {
    Topology.Push push = SHAPE.push();
    String create =
        "gcloud pubsub subscriptions create "
            + subscription
            + " --topic="
            + topic
            + pushTo()
            + " --ack-deadline="
            + push.ackDeadlineSeconds()
            + " --message-retention-duration="
            + push.messageRetentionSeconds()
            + "s"
            + neverExpires()
            + deadLetterPolicy()
            + retryPolicy()
            + project();
    return Remedy.shell(serviceUrl(service) + create);
  }

  Remedy createDeadLetterSubscription(String subscription) {
    Topology.Subscription shape = SHAPE.deadLettersSubscription();
    return Remedy.shell(
        "gcloud pubsub subscriptions create %s --topic=%s --ack-deadline=%d"
                .formatted(subscription, cloud.deadLetters(), shape.ackDeadlineSeconds())
            + " --message-retention-duration=%ds".formatted(shape.messageRetentionSeconds())
            + neverExpires()
            + project());
  }

  Remedy deleteSubscription(String subscription) {
    return Remedy.shell("gcloud pubsub subscriptions delete " + subscription + project());
  }

  Remedy updateSubscription(String subscription, String flags) {
    return Remedy.shell("gcloud pubsub subscriptions update " + subscription + flags + project());
  }

  /** The update of where it pushes to. */
  Remedy pushTo(String subscription, String service) {
    return Remedy.shell(serviceUrl(service) + updateSubscription(subscription, pushTo()).text());
  }

  Remedy createDataset(String dataset) {
    return Remedy.shell(
        "bq --location=%s mk --dataset %s:%s"
            .formatted(cloud.location(), cloud.project(), dataset));
  }

  Remedy keepTables(String dataset) {
    return Remedy.shell(
        "bq update --default_table_expiration 0 %s:%s".formatted(cloud.project(), dataset));
  }

  Remedy serviceLogs(String service) {
    return Remedy.shell(
        "gcloud logging read 'resource.labels.service_name=\"%s\"' --limit=20"
                .formatted(cloud.serviceName(service))
            + project());
  }

  static String neverExpires() {
    return " --expiration-period=never";
  }

  String deadLetterPolicy() {
    return " --dead-letter-topic="
        + cloud.deadLetters()
        + " --max-delivery-attempts="
        + SHAPE.push().maxDeliveryAttempts();
  }

  static String retryPolicy() {
    return " --min-retry-delay=%ds --max-retry-delay=%ds"
        .formatted(SHAPE.push().minimumBackoffSeconds(), SHAPE.push().maximumBackoffSeconds());
  }

  private String pushTo() {
    return " --push-endpoint=\"$URL/\" --push-auth-token-audience=\"$URL\""
        + " --push-auth-service-account="
        + cloud.identity("push");
  }

  /** Sets the shell's {@code URL}; Cloud Run gives its services addresses nobody can guess. */
  private String serviceUrl(String service) {
    String url =
        cloud
            .localUrl(service)
            .orElseGet(
                () ->
                    "$(gcloud run services list --filter=metadata.name=%s --format='value(status.url)'%s)"
                        .formatted(cloud.serviceName(service), project()));
    return "URL=" + url + " && ";
  }

  private String project() {
    return " --project=" + cloud.project();
  }
}
