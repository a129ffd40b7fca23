package io.deltaferry.localgcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is on disk is all there is. */
class RestartTest {
  @Test
  void everythingIsThereAfterARestart(@TempDir Path directory) throws Exception {
    Blob before;
    try (Cloud cloud = Cloud.fresh(directory)) {
      BlobInfo info =
          BlobInfo.newBuilder(Cloud.BUCKET, "a/ä")
              .setMetadata(Map.of("k", "v"))
              .setContentType("text/csv")
              .build();
      before = cloud.client.create(info, "kept".getBytes(UTF_8));
      cloud.client.create(BlobInfo.newBuilder(Cloud.BUCKET, "deleted").build());
      cloud.client.delete(Cloud.BUCKET, "deleted");
    }
    try (Cloud cloud = new Cloud(directory)) {
      Blob after = cloud.client.get(Cloud.BUCKET, "a/ä");
      assertThat(after.getGeneration()).isEqualTo(before.getGeneration());
      assertThat(after.getMetadata()).isEqualTo(Map.of("k", "v"));
      assertThat(after.getEtag()).isEqualTo(before.getEtag());
      assertThat(after.getContent()).asString().isEqualTo("kept");
      assertThat(cloud.local.list(Cloud.BUCKET, ""))
          .extracting(StoredObject::name)
          .containsExactly("a/ä");
      Blob next = cloud.client.create(BlobInfo.newBuilder(Cloud.BUCKET, "n").build());
      assertThat(next.getGeneration()).isGreaterThan(before.getGeneration());
    }
  }

  @Test
  void whatACrashLeftIsRemoved(@TempDir Path directory) throws Exception {
    Path kept;
    try (Cloud cloud = Cloud.fresh(directory)) {
      cloud.client.create(BlobInfo.newBuilder(Cloud.BUCKET, "a").build(), "x".getBytes(UTF_8));
      kept = cloud.local.file(cloud.local.list(Cloud.BUCKET, "").get(0));
    }
    Path bucket = directory.resolve("buckets/deltas");
    Path objects = Files.createDirectories(bucket.resolve("objects/00"));
    List<Path> left =
        List.of(
            bucket.resolve("content/77"),
            objects.resolve("00ff.json.tmp"),
            directory.resolve("incoming/single-77"));
    for (Path file : left) {
      Files.writeString(file, "half");
    }
    Files.createDirectories(directory.resolve("buckets/half-made"));

    try (Cloud cloud = new Cloud(directory)) {
      assertThat(left).noneMatch(Files::exists);
      assertThat(kept).exists();
      assertThat(cloud.client.list().streamAll()).hasSize(1);
    }
    try (Stream<Path> contents = Files.list(bucket.resolve("content"))) {
      assertThat(contents).containsExactly(kept);
    }
  }
}
