package io.deltaferry.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.LifecycleRule.DeleteLifecycleAction;
import com.google.cloud.storage.BucketInfo.PublicAccessPrevention;
import com.google.cloud.storage.Storage;
import com.google.pubsub.v1.ReceivedMessage;
import com.google.pubsub.v1.Subscription;
import com.google.pubsub.v1.SubscriptionName;
import com.google.pubsub.v1.TopicName;
import io.deltaferry.gcp.GoogleClients;
import io.deltaferry.localgcp.pubsub.LocalPubSub;
import io.deltaferry.localgcp.pubsub.PubSubSettings;
import io.deltaferry.localgcp.storage.LocalStorage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTopologyTest {
  private static final String PROJECT = "deltaferry-local";
  private static final LocalTopology TOPOLOGY = topology(100);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void makesEverythingOnceAndPointsItAtNewServicesTheSecondTime() throws Exception {
    try (LocalPubSub pubSub = new LocalPubSub(PubSubSettings.inMemory()).start();
        LocalStorage storage =
            new LocalStorage(0, directory, pubSub::publish, Clock.systemUTC()).start()) {
      GoogleClients clients =
          new GoogleClients(
              PROJECT,
              Map.of(
                  "PUBSUB_EMULATOR_HOST", pubSub.grpcTarget(),
                  "STORAGE_EMULATOR_HOST", storage.url()));
      Storage client = clients.storage();
      try (PubSubAdmin admin = PubSubAdmin.connect(clients)) {
        create(topology(20), admin, client, "http://127.0.0.1:1");
        create(TOPOLOGY, admin, client, "http://127.0.0.1:2");

        Subscription push = admin.subscriptions().getSubscription(name("shop-staged-deltas-push"));
        assertThat(push.getPushConfig().getPushEndpoint()).isEqualTo("http://127.0.0.1:2/loader/");
        assertThat(push.getAckDeadlineSeconds()).isEqualTo(600);
        assertThat(push.getDeadLetterPolicy().getMaxDeliveryAttempts()).isEqualTo(100);
        assertThat(client.listNotifications("staging-bucket")).hasSize(1);
        assertNotifiesOfManifestsOnly(admin, client);
        assertCleansUpAndIsClosed(client.get("staging-bucket"));
      }
    }
  }

  @Test
  void bringsABucketOfAnOlderStackUpToDate() throws Exception {
    try (LocalStorage storage =
        new LocalStorage(0, directory, (topic, attributes, data) -> {}, Clock.systemUTC())
            .start()) {
      Storage client =
          new GoogleClients(PROJECT, Map.of("STORAGE_EMULATOR_HOST", storage.url())).storage();
      client.create(BucketInfo.newBuilder("staging-bucket").setLocation("US").build());
      client.create(BlobInfo.newBuilder("staging-bucket", "kept").build(), new byte[1]);
      TOPOLOGY.createBucket(client);
      assertCleansUpAndIsClosed(client.get("staging-bucket"));
      assertThat(client.get("staging-bucket", "kept")).isNotNull();
    }
  }

  private static void assertCleansUpAndIsClosed(Bucket bucket) {
    assertThat(bucket.getLocation()).isEqualTo("US");
    assertThat(bucket.getIamConfiguration().isUniformBucketLevelAccessEnabled()).isTrue();
    assertThat(bucket.getIamConfiguration().getPublicAccessPrevention())
        .isEqualTo(PublicAccessPrevention.ENFORCED);
    assertThat(bucket.getSoftDeletePolicy().getRetentionDuration()).isZero();
    assertThat(bucket.getLifecycleRules())
        .allSatisfy(
            rule ->
                assertThat(rule.getAction().getActionType()).isEqualTo(DeleteLifecycleAction.TYPE))
        .extracting(
            rule -> rule.getCondition().getMatchesPrefix(), rule -> rule.getCondition().getAge())
        .contains(tuple(List.of("parts/"), 14), tuple(List.of("control/"), 60));
  }

  private static LocalTopology topology(int deliveryAttempts) {
    return new LocalTopology(
        PROJECT, "staging-bucket", "US", "shop-", deliveryAttempts, Set.of("target"));
  }

  private static void create(
      LocalTopology topology, PubSubAdmin admin, Storage client, String url) {
    topology.createPubSub(
        admin,
        Map.of(
            "extractor", url + "/extractor", "loader", url + "/loader", "merger", url + "/merger"));
    topology.createBucket(client);
  }

  private static void assertNotifiesOfManifestsOnly(PubSubAdmin admin, Storage client) {
    admin.ensure(
        Subscription.newBuilder()
            .setName(name("reader"))
            .setTopic(TopicName.format(PROJECT, "shop-staged-deltas"))
            .setAckDeadlineSeconds(10)
            .build());
    client.create(BlobInfo.newBuilder("staging-bucket", "parts/t/1/0/a/1").build(), new byte[1]);
    client.create(BlobInfo.newBuilder("staging-bucket", "manifests/t/1.json").build(), new byte[1]);
    List<ReceivedMessage> received =
        admin.subscriptions().pull(name("reader"), 10).getReceivedMessagesList();
    assertThat(received)
        .singleElement()
        .satisfies(
            message ->
                assertThat(message.getMessage().getAttributesOrThrow("objectId"))
                    .isEqualTo("manifests/t/1.json"));
  }

  private static String name(String subscription) {
    return SubscriptionName.format(PROJECT, subscription);
  }
}
