package io.deltaferry.cli;

import com.google.cloud.bigquery.DatasetId;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.IamConfiguration;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleAction;
import com.google.cloud.storage.BucketInfo.LifecycleRule.LifecycleCondition;
import com.google.cloud.storage.BucketInfo.PublicAccessPrevention;
import com.google.cloud.storage.NotificationInfo;
import com.google.cloud.storage.NotificationInfo.EventType;
import com.google.cloud.storage.NotificationInfo.PayloadFormat;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.cli.DoctorStack.Running;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something of the cloud's that goes wrong.
 *
 * @param how it is broken
 */
record CloudBreak(String name, Consumer<Running> how, Symptom symptom) {
  private static final String BUCKET = "gs://" + DoctorStack.BUCKET;
  private static final String STAGED =
      TopicName.format(DoctorStack.PROJECT, "clinic-staged-deltas");
  private static final String CREATE_NOTIFICATION =
      "shell gcloud storage buckets notifications create "
          + BUCKET
          + " --topic="
          + STAGED
          + " --object-prefix=manifests/ --event-types=OBJECT_FINALIZE --payload-format=json";

  private static final String SET_LIFECYCLE =
      "shell echo '{\"rule\":["
          + rules()
          + "]}' > lifecycle.json && gcloud storage buckets update "
          + BUCKET
          + " --lifecycle-file=lifecycle.json";

  static Stream<CloudBreak> ofTheBucket() {
    return Stream.of(
        new CloudBreak(
            "the bucket has no notification",
            stack -> deleteNotifications(stack),
            Symptom.missing(
                "bucket/notification", "none to clinic-staged-deltas", CREATE_NOTIFICATION)),
        new CloudBreak(
            "the bucket's notification has another prefix",
            stack -> {
              deleteNotifications(stack);
              notify(stack, "manifest/");
            },
            Symptom.missing(
                "bucket/notification",
                "tells OBJECT_FINALIZE of prefix 'manifest/' as JSON_API_V1",
                "shell gcloud storage buckets notifications delete projects/_/buckets/"
                    + DoctorStack.BUCKET
                    + "/notificationConfigs/ID",
                CREATE_NOTIFICATION)),
        new CloudBreak(
            "the bucket deletes plans too early",
            stack -> expire(stack, "", 30),
            Symptom.missing(
                "bucket/clean-up",
                "control/ is deleted after 30 days, messages name it for 38",
                SET_LIFECYCLE)),
        new CloudBreak(
            "the bucket never deletes parts",
            stack -> expire(stack, "elsewhere/", 30),
            Symptom.warning("bucket/clean-up", "nothing ever deletes parts/", SET_LIFECYCLE)),
        new CloudBreak(
            "the bucket may be opened to the public",
            stack ->
                stack
                    .storage()
                    .update(
                        BucketInfo.newBuilder(DoctorStack.BUCKET)
                            .setIamConfiguration(
                                IamConfiguration.newBuilder()
                                    .setIsUniformBucketLevelAccessEnabled(false)
                                    .setPublicAccessPrevention(PublicAccessPrevention.INHERITED)
                                    .build())
                            .build()),
            Symptom.missing(
                "bucket/closed",
                "it may be opened to the public",
                "shell gcloud storage buckets update "
                    + BUCKET
                    + " --uniform-bucket-level-access --public-access-prevention")),
        new CloudBreak(
            "a dataset is missing",
            stack -> stack.bigQuery().delete(DatasetId.of(DoctorStack.PROJECT, "clinic_staging")),
            Symptom.missing(
                "dataset/clinic_staging",
                "no such dataset in clinic-local",
                "shell bq --location=EU mk --dataset clinic-local:clinic_staging")));
  }

  static Stream<CloudBreak> ofPubSub() {
    return Stream.of(
        new CloudBreak(
            "a topic is missing",
            stack -> {
              try (var pubSub = stack.pubSub()) {
                pubSub
                    .topics()
                    .deleteTopic(TopicName.of(DoctorStack.PROJECT, "clinic-sync-completed"));
              }
            },
            Symptom.missing(
                "topic/clinic-sync-completed",
                "no such topic",
                "shell gcloud pubsub topics create clinic-sync-completed --project=clinic-local")),
        new CloudBreak(
            "a subscription is missing",
            stack -> deleteSubscription(stack, "clinic-loaded-deltas-push"),
            Symptom.missing(
                    "subscription/clinic-loaded-deltas-push",
                    "no such subscription",
                    "shell URL=MERGER && gcloud pubsub subscriptions create"
                        + " clinic-loaded-deltas-push --topic=clinic-loaded-deltas"
                        + " --push-endpoint=\"$URL/\" --push-auth-token-audience=\"$URL\""
                        + " --push-auth-service-account="
                        + "deltaferry-push@clinic-local.iam.gserviceaccount.com"
                        + " --ack-deadline=600 --message-retention-duration=604800s"
                        + " --expiration-period=never --dead-letter-topic=clinic-dead-letters"
                        + " --max-delivery-attempts=20 --min-retry-delay=10s --max-retry-delay=300s"
                        + " --project=clinic-local")
                .hiding("service/merger")),
        new CloudBreak(
            "a subscription's deadline is short and it expires",
            stack -> DoctorSubscriptions.hurry(stack, "clinic-staged-deltas-push"),
            Symptom.missing(
                "subscription/clinic-staged-deltas-push",
                "ack deadline 60 s instead of 600 s; deleted after some idle days",
                "shell gcloud pubsub subscriptions update clinic-staged-deltas-push"
                    + " --ack-deadline=600 --expiration-period=never --project=clinic-local")),
        new CloudBreak(
            "a subscription has no dead letters",
            stack -> DoctorSubscriptions.forget(stack, "clinic-staged-deltas-push"),
            Symptom.missing(
                "subscription/clinic-staged-deltas-push",
                "no dead letters to clinic-dead-letters; gives up within seconds: no retry policy",
                "shell gcloud pubsub subscriptions update clinic-staged-deltas-push"
                    + " --dead-letter-topic=clinic-dead-letters --max-delivery-attempts=20"
                    + " --min-retry-delay=10s --max-retry-delay=300s --project=clinic-local")),
        new CloudBreak(
            "nobody keeps the dead letters",
            stack -> deleteSubscription(stack, "clinic-dead-letters-reader"),
            Symptom.missing(
                "subscription/clinic-dead-letters-reader",
                "none: dead letters are lost",
                "shell gcloud pubsub subscriptions create clinic-dead-letters-reader"
                    + " --topic=clinic-dead-letters --ack-deadline=60"
                    + " --message-retention-duration=2678400s --expiration-period=never"
                    + " --project=clinic-local")));
  }

  @Override
  public String toString() {
    return name;
  }

  private static void deleteNotifications(Running stack) {
    stack
        .storage()
        .listNotifications(DoctorStack.BUCKET)
        .forEach(
            found ->
                stack.storage().deleteNotification(DoctorStack.BUCKET, found.getNotificationId()));
  }

  private static void notify(Running stack, String prefix) {
    stack
        .storage()
        .createNotification(
            DoctorStack.BUCKET,
            NotificationInfo.newBuilder(STAGED)
                .setEventTypes(EventType.OBJECT_FINALIZE)
                .setObjectNamePrefix(prefix)
                .setPayloadFormat(PayloadFormat.JSON_API_V1)
                .build());
  }

  private static void expire(Running stack, String prefix, int days) {
    LifecycleCondition.Builder condition = LifecycleCondition.newBuilder().setAge(days);
    stack
        .storage()
        .update(
            BucketInfo.newBuilder(DoctorStack.BUCKET)
                .setLifecycleRules(
                    List.of(
                        new LifecycleRule(
                            LifecycleAction.newDeleteAction(),
                            (prefix.isEmpty()
                                    ? condition
                                    : condition.setMatchesPrefix(List.of(prefix)))
                                .build())))
                .build());
  }

  private static String rules() {
    return Stream.of("parts/ 14", "control/ 60", "manifests/ 60", "pending/ 60", "clock/ 60")
        .map(rule -> rule.split(" "))
        .map(
            rule ->
                "{\"action\":{\"type\":\"Delete\"},\"condition\":{\"age\":%s,\"matchesPrefix\":[\"%s\"]}}"
                    .formatted(rule[1], rule[0]))
        .reduce((left, right) -> left + "," + right)
        .orElseThrow();
  }

  private static void deleteSubscription(Running stack, String name) {
    try (var pubSub = stack.pubSub()) {
      pubSub.delete(SubscriptionName.format(DoctorStack.PROJECT, name));
    }
  }
}
