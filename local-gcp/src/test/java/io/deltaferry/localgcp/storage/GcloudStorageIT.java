package io.deltaferry.localgcp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gcloud storage} against the local storage; each call of it takes seconds. */
class GcloudStorageIT {
  Path directory;
  Path gcloud;

  @BeforeEach
  void find(@TempDir Path directory) {
    this.directory = directory;
    Optional<Path> found = onPath();
    if (found.isEmpty()) {
      System.out.println("GcloudStorageIT skipped: there is no gcloud on the PATH");
    }
    assumeTrue(found.isPresent(), "there is no gcloud on the PATH");
    this.gcloud = found.get();
  }

  private static Optional<Path> onPath() {
    return List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)).stream()
        .map(folder -> Path.of(folder, "gcloud"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  @Test
  void filesGoUpAndComeBackAndGo() throws Exception {
    Path small = Files.writeString(directory.resolve("small.txt"), "hello, local\n");
    byte[] bytes = new byte[9_000_000];
    new Random(1).nextBytes(bytes);
    Path large = Files.write(directory.resolve("large.bin"), bytes);
    Path back = directory.resolve("back.bin");

    try (Cloud cloud = Cloud.fresh(directory.resolve("storage"))) {
      run(cloud, "cp", small.toString(), "gs://deltas/texts/small.txt");
      run(cloud, "cp", large.toString(), "gs://deltas/large.bin");
      assertThat(run(cloud, "ls", "gs://deltas").lines())
          .containsExactly("gs://deltas/large.bin", "gs://deltas/texts/");
      assertThat(run(cloud, "cat", "--range=7-11", "gs://deltas/texts/small.txt"))
          .isEqualTo("local");
      run(cloud, "cp", "gs://deltas/large.bin", back.toString());
      assertThat(Files.mismatch(large, back)).isEqualTo(-1);
      run(cloud, "rm", "--recursive", "gs://deltas/texts");
      assertThat(cloud.local.list(Cloud.BUCKET, ""))
          .extracting(StoredObject::name)
          .containsExactly("large.bin");
    }
  }

  /** Runs {@code gcloud storage} and gives what it wrote to standard output. */
  private String run(Cloud cloud, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(gcloud.toString(), "storage"));
    command.addAll(List.of(arguments));
    Path out = Files.createTempFile(directory, "gcloud", ".out");
    Path errors = Files.createTempFile(directory, "gcloud", ".err");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(errors.toFile());
    builder.environment().putAll(settings(cloud));
    Process process = builder.start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
    assertThat(ended && process.exitValue() == 0)
        .describedAs("%s: %s", command, Files.readString(errors))
        .isTrue();
    return Files.readString(out);
  }

  private Map<String, String> settings(Cloud cloud) {
    return Map.of(
        "CLOUDSDK_AUTH_DISABLE_CREDENTIALS",
        "true",
        "CLOUDSDK_CORE_PROJECT",
        "demo",
        "CLOUDSDK_CORE_DISABLE_PROMPTS",
        "1",
        "CLOUDSDK_CORE_DISABLE_USAGE_REPORTING",
        "true",
        "CLOUDSDK_COMPONENT_MANAGER_DISABLE_UPDATE_CHECK",
        "true",
        "CLOUDSDK_CONFIG",
        directory.resolve("gcloud").toString(),
        "CLOUDSDK_API_ENDPOINT_OVERRIDES_STORAGE",
        cloud.local.url() + "/storage/v1/");
  }
}
