package io.deltaferry.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.cli.endpoint.ReadyStack;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Google's command-line tools, pointed at a local stack. */
final class CloudSdk {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private CloudSdk() {}

  /** Whether both are there; a test that goes without them says so. */
  static boolean isInstalled(String test) {
    boolean installed =
        List.of("gcloud", "bq").stream()
            .allMatch(
                tool ->
                    List.of(System.getenv("PATH").split(File.pathSeparator)).stream()
                        .anyMatch(path -> Files.isExecutable(Path.of(path).resolve(tool))));
    if (!installed) {
      System.out.println("SKIPPED in part: " + test + ", gcloud and bq are not on the PATH");
    }
    return installed;
  }

  /**
   * Runs a command line as a person would paste it into a shell.
   *
   * @param home where the tools may write
   */
  static void run(ReadyStack stack, Path home, String command) {
    try {
      Path token = Files.writeString(home.resolve("token"), "local\n");
      Path rc = home.resolve("bigqueryrc");
      Files.writeString(rc, "api = " + stack.bigquery() + "\n");
      Path output = home.resolve("output");
      ProcessBuilder builder =
          new ProcessBuilder("bash", "-e", "-o", "pipefail", "-c", command)
              .directory(home.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder
          .environment()
          .putAll(
              Map.of(
                  "CLOUDSDK_CONFIG", home.resolve("config").toString(),
                  "CLOUDSDK_AUTH_DISABLE_CREDENTIALS", "true",
                  "CLOUDSDK_AUTH_ACCESS_TOKEN_FILE", token.toString(),
                  "CLOUDSDK_CORE_PROJECT", stack.project(),
                  "CLOUDSDK_CORE_DISABLE_PROMPTS", "1",
                  "CLOUDSDK_API_ENDPOINT_OVERRIDES_PUBSUB", stack.pubsubRest() + "/",
                  "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE", stack.storage() + "/storage/v1/",
                  "BIGQUERYRC", rc.toString(),
                  "HOME", home.toString()));
      Process process = builder.start();
      boolean ended = process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      process.destroyForcibly();
      String said = Files.readString(output, StandardCharsets.UTF_8);
      assertThat(ended).as("%s ends; so far: %s", command, said).isTrue();
      assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
