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
import io.deltaferry.run.ObjectNames;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Everything that stands between the services, made through Google's own clients with the names and
 * settings the Terraform modules use.
 *
 * @param project owns all of it
 * @param bucket for staging
 * @param location of the datasets
 * @param datasets target, staging and control
 */
public record LocalTopology(String project, String bucket, String location, Set<String> datasets) {
  public static final String EXTRACT_REQUESTS = "extract-requests";
  public static final String STAGED_DELTAS = "staged-deltas";
  public static final String LOADED_DELTAS = "loaded-deltas";
  public static final String SYNC_COMPLETED = "sync-completed";
  public static final String DEAD_LETTERS = "dead-letters";

  /** Who reads the dead letters; without a subscription they would be lost. */
  public static final String DEAD_LETTERS_READER = "dead-letters-reader";

  private static final List<String> TOPICS =
      List.of(EXTRACT_REQUESTS, STAGED_DELTAS, LOADED_DELTAS, SYNC_COMPLETED, DEAD_LETTERS);

  private static final int ACK_DEADLINE_SECONDS = 600;

  // Terraform waits longer between deliveries and gives up sooner; here a person is watching, and a
  // database that is down for a quarter of an hour must not cost a request.
  private static final int DELIVERY_ATTEMPTS = 100;
  private static final long SHORTEST_RETRY_MILLIS = 500;
  private static final long LONGEST_RETRY_MILLIS = 10_000;

  public LocalTopology {
    datasets = Set.copyOf(datasets);
  }

  /** Makes what is missing; what exists keeps its data. */
  public void create(PubSubAdmin pubSub, Storage storage, BigQuery bigQuery, ServiceUrls services) {
    createPubSub(pubSub, services);
    createBucket(storage);
    for (String dataset : datasets) {
      DatasetId id = DatasetId.of(project, dataset);
      if (bigQuery.getDataset(id) == null) {
        bigQuery.create(DatasetInfo.newBuilder(id).setLocation(location).build());
      }
    }
  }

  void createPubSub(PubSubAdmin pubSub, ServiceUrls services) {
    TOPICS.forEach(topic -> pubSub.ensure(TopicName.of(project, topic)));
    pubSub.ensure(push(EXTRACT_REQUESTS, services.extractor()));
    pubSub.ensure(push(STAGED_DELTAS, services.loader()));
    pubSub.ensure(push(LOADED_DELTAS, services.merger()));
    pubSub.ensure(
        Subscription.newBuilder()
            .setName(SubscriptionName.format(project, DEAD_LETTERS_READER))
            .setTopic(TopicName.format(project, DEAD_LETTERS))
            .setAckDeadlineSeconds(60)
            .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
            .build());
  }

  void createBucket(Storage storage) {
    if (storage.get(bucket) == null) {
      storage.create(BucketInfo.newBuilder(bucket).setLocation(location).build());
    }
    String topic = TopicName.format(project, STAGED_DELTAS);
    boolean notified =
        storage.listNotifications(bucket).stream()
            .map(Notification::getTopic)
            .filter(Objects::nonNull)
            .anyMatch(existing -> existing.endsWith(topic));
    if (!notified) {
      storage.createNotification(
          bucket,
          NotificationInfo.newBuilder(topic)
              .setEventTypes(NotificationInfo.EventType.OBJECT_FINALIZE)
              .setObjectNamePrefix(ObjectNames.MANIFESTS)
              .setPayloadFormat(NotificationInfo.PayloadFormat.JSON_API_V1)
              .build());
    }
  }

  private Subscription push(String topic, String service) {
    return Subscription.newBuilder()
        .setName(SubscriptionName.format(project, topic + "-push"))
        .setTopic(TopicName.format(project, topic))
        .setAckDeadlineSeconds(ACK_DEADLINE_SECONDS)
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
                .setDeadLetterTopic(TopicName.format(project, DEAD_LETTERS))
                .setMaxDeliveryAttempts(DELIVERY_ATTEMPTS))
        // Never: a quiet month must not delete the way of a delta.
        .setExpirationPolicy(ExpirationPolicy.getDefaultInstance())
        .build();
  }
}
