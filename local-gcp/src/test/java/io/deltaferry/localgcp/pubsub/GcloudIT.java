package io.deltaferry.localgcp.pubsub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Google's own command line against the REST form. */
class GcloudIT {
  private final Path directory;

  GcloudIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @Test
  void createsPublishesPullsAndLists() throws Exception {
    boolean present =
        Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(entry -> Files.isExecutable(Path.of(entry, "gcloud")));
    if (!present) {
      System.err.println("GcloudIT skipped: gcloud (the Google Cloud SDK) is not on the PATH");
    }
    assumeTrue(present, "gcloud (the Google Cloud SDK) is not on the PATH");
    try (LocalPubSub pubsub = new LocalPubSub(PubSubSettings.inMemory()).start()) {
      gcloud(pubsub, "topics", "create", "orders");
      gcloud(pubsub, "subscriptions", "create", "all-orders", "--topic=orders");
      gcloud(pubsub, "topics", "publish", "orders", "--message=hello", "--attribute=k=v");
      JsonNode pulled = gcloud(pubsub, "subscriptions", "pull", "all-orders", "--auto-ack");
      assertThat(pulled.path(0).path("message").path("data").asText()).isEqualTo("aGVsbG8=");
      assertThat(pulled.path(0).path("message").path("attributes").path("k").asText())
          .isEqualTo("v");
      assertThat(pubsub.backlogs().get(0).unacknowledged()).isZero();
      assertThat(gcloud(pubsub, "topics", "list").path(0).path("name").asText())
          .isEqualTo("projects/p1/topics/orders");
    }
  }

  private JsonNode gcloud(LocalPubSub pubsub, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gcloud", "pubsub"));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--format=json", "--quiet"));
    Path output = Files.createTempFile(directory, "gcloud", ".out");
    Path errors = Files.createTempFile(directory, "gcloud", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().put("CLOUDSDK_CONFIG", directory.resolve("config").toString());
    builder.environment().put("CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true");
    builder.environment().put("CLOUDSDK_CORE_PROJECT", "p1");
    builder.environment().put("CLOUDSDK_CORE_DISABLE_USAGE_REPORTING", "true");
    builder.environment().put("CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK", "true");
    builder.environment().put("CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", pubsub.restUrl() + "/");
    Process process = builder.start();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    assertThat(ended).as(String.join(" ", command)).isTrue();
    assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
    return new ObjectMapper().readTree(Files.readString(output, StandardCharsets.UTF_8));
  }
}
