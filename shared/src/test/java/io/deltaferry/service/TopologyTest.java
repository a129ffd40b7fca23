package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.deltaferry.run.ObjectNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final int SECONDS_OF_A_DAY = 86_400;
  private static final Topology TOPOLOGY = Topology.DEFAULT;

  @Test
  void everyTopicOfTheFileHasItsPlaceInJava() throws IOException {
    JsonNode file =
        new JsonMapper().readTree(Files.readString(Path.of("../terraform/topology.json")));
    Map<String, String> topics = new HashMap<>();
    file.get("topics").properties().forEach(e -> topics.put(e.getKey(), e.getValue().asText()));

    assertThat(TOPOLOGY.topics().byKey()).isEqualTo(topics);
  }

  @Test
  void everyServiceReadsATopicThatExists() {
    assertThat(TOPOLOGY.services()).containsOnlyKeys("extractor", "loader", "merger");
    assertThat(TOPOLOGY.services().values())
        .extracting(Topology.Service::topic)
        .allSatisfy(topic -> assertThat(TOPOLOGY.topics().byKey()).containsKey(topic));
    assertThat(TOPOLOGY.topics().byKey()).containsKey(TOPOLOGY.notification().topic());
  }

  @Test
  void aHandlerEndsBeforeItsPlatformAndItsDelivery() {
    assertThat(TOPOLOGY.handler().budgetSeconds())
        .isLessThan(TOPOLOGY.handler().timeoutSeconds() - 60);
    assertThat(TOPOLOGY.handler().timeoutSeconds())
        .isLessThan(TOPOLOGY.push().ackDeadlineSeconds());
  }

  @Test
  void aTaskOfTheJobEndsBeforeItsPlatform() {
    Topology.Job job = TOPOLOGY.job();
    assertThat(TOPOLOGY.services()).containsKey(job.service());
    assertThat(job.marginSeconds()).isGreaterThanOrEqualTo(60);
    assertThat(job.budget()).isGreaterThan(TOPOLOGY.handler().budget());
    // What Cloud Run allows, and for how long staged rows are kept.
    assertThat(job.timeoutSeconds()).isLessThanOrEqualTo(7 * SECONDS_OF_A_DAY);
    assertThat(job.attempts() * job.timeoutSeconds())
        .isLessThan(TOPOLOGY.bucket().expireDays().getOrDefault("parts/", 0) * SECONDS_OF_A_DAY);
  }

  @Test
  void theEventsOfManifestsAreThoseTheLoaderWaitsFor() {
    assertThat(TOPOLOGY.notification().objectPrefix()).isEqualTo(ObjectNames.MANIFESTS);
  }

  @Test
  void theHealthPathIsNotOneThatCloudRunKeepsForItself() {
    assertThat(TOPOLOGY.healthPath()).startsWith("/").doesNotEndWith("z");
  }

  @Test
  void whatAMessageNamesOutlivesTheMessage() {
    int message = TOPOLOGY.push().messageRetentionSeconds();
    // A run's number must not be given a second time while a dead letter can still be replayed.
    int deadLetter = message + TOPOLOGY.deadLettersSubscription().messageRetentionSeconds();
    assertThat(TOPOLOGY.bucket().expireDays())
        .containsOnlyKeys("parts/", "control/", "manifests/", "pending/", "clock/")
        .allSatisfy(
            (prefix, days) ->
                assertThat(days * SECONDS_OF_A_DAY)
                    .as(prefix)
                    .isGreaterThan(prefix.equals("parts/") ? message : deadLetter));
  }

  @Test
  void noRuleDeletesTheTableFile() {
    assertThat(TOPOLOGY.bucket().expireDays().keySet())
        .noneMatch(prefix -> TOPOLOGY.tableFileObject().startsWith(prefix));
  }

  @Test
  void theVariablesAreThoseTheServicesRead() {
    assertThat(TOPOLOGY.environment())
        .containsEntry("project", ServiceSettings.PROJECT)
        .containsEntry("bucket", ServiceSettings.BUCKET)
        .containsEntry("location", ServiceSettings.LOCATION)
        .containsEntry("control_dataset", ServiceSettings.CONTROL_DATASET)
        .containsEntry("tables", ServiceSettings.TABLES)
        .containsEntry("topic_prefix", ServiceSettings.TOPIC_PREFIX)
        .containsEntry("budget", ServiceSettings.BUDGET)
        .containsEntry("max_delivery_attempts", ServiceSettings.MAX_DELIVERY_ATTEMPTS)
        .containsEntry("extract_job", ServiceSettings.EXTRACT_JOB)
        .containsEntry("task_budget", TaskSettings.BUDGET)
        .containsEntry("task_attempts", TaskSettings.ATTEMPTS);
  }
}
