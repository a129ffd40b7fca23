package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Google's own command-line tools against a running stack, as the README shows them. */
@ExtendWith(SharedStack.class)
class GoogleCommandsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir
  @SuppressWarnings("NullAway.Init") // JUnit sets it first
  private Path directory;

  @Test
  void publishCausesARunAndBothStoresShowIt(SharedStack.Running stack) throws Exception {
    requireSdk();
    long before = stack.lastRunOf("customers");
    String published =
        run(
            stack,
            List.of(
                "gcloud",
                "pubsub",
                "topics",
                "publish",
                "extract-requests",
                "--message",
                "{\"table\":\"customers\"}"));
    assertThat(published).contains("messageIds");
    JsonNode customers = stack.awaitRunAfter("customers", before);
    assertThat(customers.path("state").asText()).isEqualTo("completed");
    assertThat(
            run(
                stack,
                List.of(
                    "bq",
                    "--api",
                    stack.ready().path("bigquery").asText(),
                    "--format=csv",
                    "query",
                    "--nouse_legacy_sql",
                    "SELECT COUNT(*) AS customers FROM target.customers")))
        .contains("customers\n2\n");
    assertThat(
            run(
                stack,
                List.of("gcloud", "storage", "ls", "gs://shop-local-staging/manifests/customers/")))
        .contains("gs://shop-local-staging/manifests/customers/1.json");
  }

  private String run(SharedStack.Running stack, List<String> command) throws Exception {
    Path token = Files.writeString(directory.resolve("token"), "local\n");
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder
        .environment()
        .putAll(
            Map.of(
                "CLOUDSDK_CONFIG",
                directory.resolve("config").toString(),
                "CLOUDSDK_AUTH_DISABLE_CREDENTIALS",
                "true",
                "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE",
                token.toString(),
                "CLOUDSDK_CORE_PROJECT",
                stack.ready().path("project").asText(),
                "CLOUDSDK_CORE_DISABLE_PROMPTS",
                "1",
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB",
                stack.ready().path("pubsub_rest").asText() + "/",
                "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE",
                stack.ready().path("storage").asText() + "/storage/v1/",
                "HOME",
                directory.toString()));
    Process process = builder.start();
    boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    String text = Files.readString(output, StandardCharsets.UTF_8);
    if (!ended) {
      process.destroyForcibly();
    }
    assertThat(ended).as("%s ends; so far: %s", command, text).isTrue();
    assertThat(process.exitValue()).as("%s: %s", command, text).isZero();
    return text;
  }

  private static void requireSdk() throws IOException {
    for (String tool : List.of("gcloud", "bq")) {
      boolean found =
          List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
              .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(tool)));
      if (!found) {
        System.out.println("SKIPPED: " + tool + " of the Google Cloud SDK is not on the PATH");
      }
      assumeTrue(found, tool + " of the Google Cloud SDK is not on the PATH");
    }
  }
}
