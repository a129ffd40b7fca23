package io.deltaferry.localgcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Google's own command line, talking to one local endpoint; each call of it takes seconds. */
public final class Gcloud {
  private final Path directory;
  private final Map<String, String> environment;

  /**
   * @param directory for its settings and output
   * @param service as in the name of its setting, such as {@code PUBSUB}
   * @param endpoint with the trailing slash that the setting needs
   */
  public Gcloud(Path directory, String project, String service, String endpoint) {
    this.directory = directory;
    this.environment =
        Map.of(
            "CLOUDSDK_CONFIG",
            directory.resolve("gcloud").toString(),
            "CLOUDSDK_AUTH_DISABLE_CREDENTIALS",
            "true",
            "CLOUDSDK_CORE_PROJECT",
            project,
            "CLOUDSDK_CORE_DISABLE_PROMPTS",
            "1",
            "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING",
            "true",
            "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK",
            "true",
            "CLOUDSDK_API_ENDPOINT_OVERRIDES_" + service,
            endpoint);
  }

  /** Skips the test, and says so, where it is not installed. */
  public static void assumeInstalled() {
    String path = System.getenv().getOrDefault("PATH", "");
    boolean installed =
        Stream.of(path.split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "gcloud")));
    if (!installed) {
      System.err.println("skipped: gcloud (the Google Cloud SDK) is not on the PATH");
    }
    assumeTrue(installed, "gcloud (the Google Cloud SDK) is not on the PATH");
  }

  /** What a call that succeeds writes to standard output. */
  public String run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("gcloud"));
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile(directory, "gcloud", ".out");
    Path errors = Files.createTempFile(directory, "gcloud", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(output.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended && process.exitValue() == 0)
        .describedAs("%s: %s", command, Files.readString(errors))
        .isTrue();
    return Files.readString(output);
  }
}
