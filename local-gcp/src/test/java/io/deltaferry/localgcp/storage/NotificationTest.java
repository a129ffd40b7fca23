package io.deltaferry.localgcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Notification;
import com.google.cloud.storage.NotificationInfo;
import com.google.cloud.storage.NotificationInfo.EventType;
import com.google.cloud.storage.NotificationInfo.PayloadFormat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a bucket tells about its objects. */
class NotificationTest {
  private static final String TOPIC = "projects/demo/topics/staged";

  Path directory;
  Cloud cloud;

  @BeforeEach
  void start(@TempDir Path directory) {
    this.directory = directory;
    cloud = Cloud.fresh(directory);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Notification configure(EventType... types) {
    return cloud.client.createNotification(
        Cloud.BUCKET,
        NotificationInfo.newBuilder("//pubsub.googleapis.com/" + TOPIC)
            .setPayloadFormat(PayloadFormat.JSON_API_V1)
            .setEventTypes(types)
            .setObjectNamePrefix("manifests/")
            .setCustomAttributes(Map.of("stage", "load"))
            .build());
  }

  private Blob create(String name) {
    return cloud.client.create(BlobInfo.newBuilder(Cloud.BUCKET, name).build(), new byte[3]);
  }

  @Test
  void aFinalizedObjectUnderThePrefixIsToldAsCloudStorageTellsIt() throws Exception {
    Notification configured = configure(EventType.OBJECT_FINALIZE);
    create("parts/1");
    Blob manifest = create("manifests/t/1.json");

    assertThat(cloud.events).hasSize(1);
    Cloud.Event event = cloud.events.get(0);
    assertThat(event.topic()).isEqualTo(TOPIC);
    assertThat(event.attributes())
        .containsOnly(
            Map.entry("stage", "load"),
            Map.entry(
                "notificationConfig",
                "projects/_/buckets/deltas/notificationConfigs/" + configured.getNotificationId()),
            Map.entry("eventType", "OBJECT_FINALIZE"),
            Map.entry("payloadFormat", "JSON_API_V1"),
            Map.entry("bucketId", "deltas"),
            Map.entry("objectId", "manifests/t/1.json"),
            Map.entry("objectGeneration", manifest.getGeneration().toString()),
            Map.entry("eventTime", "2026-11-20T10:15:30.123456Z"));
    JsonNode resource = new ObjectMapper().readTree(event.payload());
    assertThat(resource.get("name").asText()).isEqualTo("manifests/t/1.json");
    assertThat(resource.get("size").asText()).isEqualTo("3");
    assertThat(resource.get("selfLink").asText())
        .isEqualTo(cloud.local.url() + "/storage/v1/b/deltas/o/manifests%2Ft%2F1.json");
  }

  @Test
  void replacingPatchingAndDeletingAreTold() {
    configure(EventType.OBJECT_FINALIZE, EventType.OBJECT_DELETE, EventType.OBJECT_METADATA_UPDATE);
    Blob first = create("manifests/a");
    Blob second = create("manifests/a");
    cloud.client.update(second.toBuilder().setContentType("text/x").build());
    cloud.client.delete(second.getBlobId());

    assertThat(cloud.events)
        .extracting(event -> event.attributes().get("eventType"))
        .containsExactly(
            "OBJECT_FINALIZE",
            "OBJECT_FINALIZE",
            "OBJECT_DELETE",
            "OBJECT_METADATA_UPDATE",
            "OBJECT_DELETE");
    assertThat(cloud.events.get(1).attributes())
        .containsEntry("overwroteGeneration", first.getGeneration().toString());
    assertThat(cloud.events.get(2).attributes())
        .containsEntry("objectGeneration", first.getGeneration().toString())
        .containsEntry("overwrittenByGeneration", second.getGeneration().toString());
  }

  @Test
  void configurationsAreKeptListedAndDeleted() {
    Notification configured = configure(EventType.OBJECT_FINALIZE);
    cloud.close();
    cloud = new Cloud(directory);

    // The address in it differs by the port.
    assertThat(cloud.client.listNotifications(Cloud.BUCKET))
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("selfLink", "storage", "options")
        .containsExactly(configured);
    assertThat(
            cloud.client.getNotification(Cloud.BUCKET, configured.getNotificationId()).getTopic())
        .isEqualTo(configured.getTopic());
    assertThat(cloud.client.deleteNotification(Cloud.BUCKET, configured.getNotificationId()))
        .isTrue();
    create("manifests/a");
    assertThat(cloud.events).isEmpty();
    assertThat(configure().getNotificationId()).isNotEqualTo(configured.getNotificationId());
  }

  @Test
  void aConfigurationMustBeComplete() throws Exception {
    for (String bad :
        List.of(
            "{'topic':'staged','payload_format':'NONE'}",
            "{'topic':'projects/p/topics/t'}",
            "{'topic':'projects/p/topics/t','payload_format':'NONE','event_types':['NEW']}")) {
      byte[] body = bad.replace('\'', '"').getBytes(UTF_8);
      String path = "/storage/v1/b/deltas/notificationConfigs";
      assertThat(new Wire(cloud).send("POST", path, body).statusCode()).isEqualTo(400);
    }
    assertThat(cloud.client.listNotifications(Cloud.BUCKET)).isEmpty();
  }
}
