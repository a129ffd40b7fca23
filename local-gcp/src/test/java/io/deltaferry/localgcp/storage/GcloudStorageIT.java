package io.deltaferry.localgcp.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.localgcp.Gcloud;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code gcloud storage} against the local storage; each call of it takes seconds. */
class GcloudStorageIT {
  @Test
  void filesGoUpAndComeBackAndGo(@TempDir Path directory) throws Exception {
    Gcloud.assumeInstalled();
    Path small = Files.writeString(directory.resolve("small.txt"), "hello, local\n");
    byte[] bytes = new byte[9_000_000];
    new Random(1).nextBytes(bytes);
    Path large = Files.write(directory.resolve("large.bin"), bytes);
    Path back = directory.resolve("back.bin");

    try (Cloud cloud = Cloud.fresh(directory.resolve("storage"))) {
      Gcloud gcloud = new Gcloud(directory, "demo", "STORAGE", cloud.local.url() + "/storage/v1/");
      gcloud.run("storage", "cp", small.toString(), "gs://deltas/texts/small.txt");
      gcloud.run("storage", "cp", large.toString(), "gs://deltas/large.bin");
      assertThat(gcloud.run("storage", "ls", "gs://deltas").lines())
          .containsExactly("gs://deltas/large.bin", "gs://deltas/texts/");
      assertThat(gcloud.run("storage", "cat", "--range=7-11", "gs://deltas/texts/small.txt"))
          .isEqualTo("local");
      gcloud.run("storage", "cp", "gs://deltas/large.bin", back.toString());
      assertThat(Files.mismatch(large, back)).isEqualTo(-1);
      gcloud.run("storage", "buckets", "create", "gs://made");
      gcloud.run("storage", "cp", "gs://deltas/large.bin", "gs://made/copy.bin");
      assertThat(Files.mismatch(large, cloud.local.file(cloud.local.list("made", "").get(0))))
          .isEqualTo(-1);
      gcloud.run("storage", "rm", "--recursive", "gs://deltas/texts");
      assertThat(cloud.local.list(Cloud.BUCKET, ""))
          .extracting(StoredObject::name)
          .containsExactly("large.bin");
    }
  }
}
