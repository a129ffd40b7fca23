package io.deltaferry.cli.local;

import com.google.cloud.bigquery.BigQuery;
import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.bigquery.DatasetInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Notification;
import com.google.cloud.storage.NotificationInfo;
import com.google.cloud.storage.Storage;
import com.google.protobuf.util.Durations;
import com.google.pubsub.v1.DeadLetterPolicy;
import com.google.pubsub.v1.ExpirationPolicy;
import com.google.pubsub.v1.PushConfig;
import com.google.pubsub.v1.RetryPolicy;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.service.Topology;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that stands between the services, made through Google's own clients from the
 * description that Terraform uses too.
 *
 * @param project owns all of it
 * @param bucket for staging
 * @param location of the datasets
 * @param topicPrefix starts the names of topics and subscriptions
 * @param deliveryAttempts after which Pub/Sub takes an event away; the services know the same
 *     number
 * @param datasets target, staging and control
 */
public record LocalTopology(
    String project,
    String bucket,
    String location,
    String topicPrefix,
    int deliveryAttempts,
    Set<String> datasets) {
  private static final Topology SHAPE = Topology.DEFAULT;

  /**
   * Terraform waits longer between deliveries and gives up sooner; here a person is watching, and a
   * database that is down for a quarter of an hour must not cost a request.
   */
  static final int DELIVERY_ATTEMPTS = 100;

  private static final long SHORTEST_RETRY_MILLIS = 500;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  public LocalTopology {
    datasets = Set.copyOf(datasets);
  }

  /**
   * Makes what is missing; what exists keeps its data.
   *
   * @param serviceUrls by the service's name, without a trailing slash
   */
  public void create(
      PubSubAdmin pubSub, Storage storage, BigQuery bigQuery, Map<String, String> serviceUrls) {
    createPubSub(pubSub, serviceUrls);
    createBucket(storage);
    for (String dataset : datasets) {
      DatasetId id = DatasetId.of(project, dataset);
      if (bigQuery.getDataset(id) == null) {
        bigQuery.create(DatasetInfo.newBuilder(id).setLocation(location).build());
      }
    }
  }

  void createPubSub(PubSubAdmin pubSub, Map<String, String> serviceUrls) {
    for (String topic : SHAPE.topics().byKey().values()) {
      pubSub.ensure(TopicName.of(project, topicPrefix + topic));
    }
    SHAPE
        .services()
        .forEach(
            (name, service) -> pubSub.ensure(push(topic(service.topic()), url(serviceUrls, name))));
    Topology.Subscription reader = SHAPE.deadLettersSubscription();
    pubSub.ensure(
        Subscription.newBuilder()
            .setName(SubscriptionName.format(project, topicPrefix + reader.name()))
            .setTopic(TopicName.format(project, deadLetters()))
            .setAckDeadlineSeconds(reader.ackDeadlineSeconds())
            .setMessageRetentionDuration(Durations.fromSeconds(reader.messageRetentionSeconds()))
            .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
            .build());
  }

  void createBucket(Storage storage) {
    BucketInfo wanted = StagingBucket.of(bucket, location);
    if (storage.get(bucket) == null) {
      storage.create(wanted);
    } else {
      storage.update(wanted);
    }
    Topology.Notification notification = SHAPE.notification();
    String topic = TopicName.format(project, topic(notification.topic()));
    boolean notified =
        storage.listNotifications(bucket).stream()
            .map(Notification::getTopic)
            .filter(Objects::nonNull)
            .anyMatch(existing -> existing.endsWith(topic));
    if (!notified) {
      storage.createNotification(
          bucket,
          NotificationInfo.newBuilder(topic)
              .setEventTypes(NotificationInfo.EventType.valueOf(notification.eventType()))
              .setObjectNamePrefix(notification.objectPrefix())
              .setPayloadFormat(
                  NotificationInfo.PayloadFormat.valueOf(notification.payloadFormat()))
              .build());
    }
  }

  private Subscription push(String topic, String service) {
    Topology.Push push = SHAPE.push();
    return Subscription.newBuilder()
        .setName(SubscriptionName.format(project, topic + push.subscriptionSuffix()))
        .setTopic(TopicName.format(project, topic))
        .setAckDeadlineSeconds(push.ackDeadlineSeconds())
        .setMessageRetentionDuration(Durations.fromSeconds(push.messageRetentionSeconds()))
        .setPushConfig(
            PushConfig.newBuilder()
                .setPushEndpoint(service + "/")
                .setOidcToken(
                    PushConfig.OidcToken.newBuilder()
                        .setServiceAccountEmail(
                            "deltaferry-push@" + project + ".iam.gserviceaccount.com")
                        .setAudience(service)))
        .setRetryPolicy(
            RetryPolicy.newBuilder()
                .setMinimumBackoff(Durations.fromMillis(SHORTEST_RETRY_MILLIS))
                .setMaximumBackoff(Durations.fromMillis(LONGEST_RETRY_MILLIS)))
        .setDeadLetterPolicy(
            DeadLetterPolicy.newBuilder()
                .setDeadLetterTopic(TopicName.format(project, deadLetters()))
                .setMaxDeliveryAttempts(deliveryAttempts))
        // Never: a quiet month must not delete the way of a delta.
        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
        .build();
  }

  private String deadLetters() {
    return topicPrefix + SHAPE.topics().deadLetters();
  }

  private String topic(String key) {
    return topicPrefix + SHAPE.topics().byKey().get(key);
  }

  private static String url(Map<String, String> serviceUrls, String service) {
    return Objects.requireNonNull(serviceUrls.get(service), () -> "no URL for the " + service);
  }
}
