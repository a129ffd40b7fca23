package io.deltaferry.localgcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.api.gax.paging.Page;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobListOption;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.Storage.ComposeRequest;
import com.google.cloud.storage.Storage.CopyRequest;
import com.google.cloud.storage.StorageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compose, copy and list through Google's client. */
class CopyAndListTest {
  Cloud cloud;
  Storage client;

  @BeforeEach
  void start(@TempDir Path directory) {
    cloud = Cloud.fresh(directory);
    client = cloud.client;
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private Blob create(String name) {
    BlobInfo info =
        BlobInfo.newBuilder(Cloud.BUCKET, name)
            .setContentType("text/csv")
            .setMetadata(Map.of("from", name))
            .build();
    return client.create(info, ("<" + name + ">").getBytes(UTF_8));
  }

  private String text(String bucket, String name) {
    return new String(client.readAllBytes(bucket, name), UTF_8);
  }

  @Test
  void composedObjectsFollowEachOther() {
    create("1");
    Blob second = create("2");
    Blob composed =
        client.compose(
            ComposeRequest.newBuilder()
                .addSource("1")
                .addSource("2", second.getGeneration())
                .addSource("1")
                .setTarget(
                    BlobInfo.newBuilder(Cloud.BUCKET, "all").setContentType("text/plain").build())
                .setTargetOptions(BlobTargetOption.doesNotExist())
                .build());

    assertThat(text(Cloud.BUCKET, "all")).isEqualTo("<1><2><1>");
    assertThat(composed.getComponentCount()).isEqualTo(3);
    assertThat(composed.getMd5()).isNull();
    assertThat(composed.getContentType()).isEqualTo("text/plain");
    ComposeRequest missing = ComposeRequest.of(Cloud.BUCKET, List.of("1", "absent"), "more");
    assertThatThrownBy(() -> client.compose(missing))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  @Test
  void aCopyTakesTheMetadataAlongUnlessItIsGivenItsOwn() {
    create("1");
    client.create(BucketInfo.of("elsewhere"));
    Blob copy =
        client
            .copy(CopyRequest.of(BlobId.of(Cloud.BUCKET, "1"), BlobId.of("elsewhere", "x/y")))
            .getResult();
    assertThat(copy.getMetadata()).containsEntry("from", "1");
    assertThat(text("elsewhere", "x/y")).isEqualTo("<1>");

    BlobInfo own = BlobInfo.newBuilder("elsewhere", "z").setContentType("text/html").build();
    Blob replaced =
        client
            .copy(
                CopyRequest.newBuilder()
                    .setSource(Cloud.BUCKET, "1")
                    .setTarget(own, BlobTargetOption.doesNotExist())
                    .build())
            .getResult();
    assertThat(replaced.getContentType()).isEqualTo("text/html");
    assertThat(replaced.getMetadata()).isNull();
  }

  @Test
  void listsAreSortedFoldedAndPaged() {
    List.of("b/2", "b/1", "a", "c/x/1", "b", "\uffee", "\ud83d\ude00").forEach(this::create);

    assertThat(names(BlobListOption.pageSize(2)))
        .containsExactly("a", "b", "b/1", "b/2", "c/x/1", "\uffee", "\ud83d\ude00");
    assertThat(names(BlobListOption.currentDirectory(), BlobListOption.pageSize(1)))
        .containsExactly("a", "b", "b/", "c/", "\uffee", "\ud83d\ude00");
    assertThat(names(BlobListOption.prefix("b/"))).containsExactly("b/1", "b/2");
    assertThat(names(BlobListOption.startOffset("b/1"), BlobListOption.endOffset("c/x/1")))
        .containsExactly("b/1", "b/2");
    Page<Blob> page = client.list(Cloud.BUCKET, BlobListOption.pageSize(3));
    assertThat(page.getValues()).hasSize(3);
    assertThat(page.hasNextPage()).isTrue();
  }

  @Test
  void aListThatCannotBeGivenIsRefused() {
    create("a");
    assertThatThrownBy(() -> names(BlobListOption.matchGlob("*.csv")))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(501));
  }

  private List<String> names(BlobListOption... options) {
    return client.list(Cloud.BUCKET, options).streamAll().map(Blob::getName).toList();
  }
}
