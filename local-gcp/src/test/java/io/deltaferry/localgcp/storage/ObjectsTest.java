package io.deltaferry.localgcp.storage;

import static com.google.cloud.storage.Storage.BlobTargetOption.doesNotExist;
import static com.google.cloud.storage.Storage.BlobTargetOption.generationMatch;
import static com.google.cloud.storage.Storage.BlobTargetOption.metagenerationMatch;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.ReadChannel;
import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Bucket;
import com.google.cloud.storage.BucketInfo;
import com.google.cloud.storage.BucketInfo.LifecycleRule;
import com.google.cloud.storage.Storage;
import com.google.cloud.storage.Storage.BlobSourceOption;
import com.google.cloud.storage.StorageBatch;
import com.google.cloud.storage.StorageBatchResult;
import com.google.cloud.storage.StorageException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.Channels;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.CRC32C;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Buckets and objects, through Google's client. */
class ObjectsTest {
  Cloud cloud;
  Storage client;

  @BeforeEach
  void start(@TempDir Path directory) {
    cloud = Cloud.fresh(directory);
    client = cloud.client;
  }

  @AfterEach
  void stop() throws Exception {
    cloud.close();
  }

  static BlobInfo info(String name) {
    return BlobInfo.newBuilder(Cloud.BUCKET, name).build();
  }

  @Test
  void anObjectComesBackWithItsMetadata() throws Exception {
    BlobInfo wanted =
        BlobInfo.newBuilder(Cloud.BUCKET, "runs/a b+c%2F:ä/1.csv")
            .setContentType("text/csv")
            .setCacheControl("no-store")
            .setMetadata(Map.of("rows", "3"))
            .build();

    Blob created = client.create(wanted, "x,y\n".getBytes(UTF_8));
    Blob read = client.get(wanted.getBlobId());

    assertThat(read.getContentType()).isEqualTo("text/csv");
    assertThat(read.getCacheControl()).isEqualTo("no-store");
    assertThat(read.getMetadata()).containsEntry("rows", "3");
    assertThat(read.getSize()).isEqualTo(4);
    assertThat(read.getGeneration()).isEqualTo(created.getGeneration());
    assertThat(read.getMetageneration()).isEqualTo(1);
    assertThat(read.getCreateTimeOffsetDateTime().toInstant())
        .isEqualTo("2026-11-20T10:15:30.123Z");
    assertThat(read.getCrc32cToHexString()).isEqualTo("%08x".formatted(crc("x,y\n")));
    assertThat(read.getMd5ToHexString()).isEqualTo(md5("x,y\n"));
    assertThat(client.readAllBytes(wanted.getBlobId())).asString(UTF_8).isEqualTo("x,y\n");
  }

  private static long crc(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(UTF_8));
    return crc.getValue();
  }

  private static String md5(String text) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(UTF_8)));
  }

  @Test
  void onlyOneOfManyWritersCreatesAnObject() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    List<Future<Boolean>> writers = new ArrayList<>();
    for (int writer = 0; writer < 24; writer++) {
      String content = "writer " + writer;
      writers.add(threads.submit(() -> creates(content)));
    }
    int winners = 0;
    for (Future<Boolean> writer : writers) {
      winners += writer.get() ? 1 : 0;
    }
    threads.shutdown();

    assertThat(winners).isEqualTo(1);
    assertThat(client.get(Cloud.BUCKET, "one").getMetageneration()).isEqualTo(1);
  }

  private boolean creates(String content) {
    try {
      client.create(info("one"), content.getBytes(UTF_8), doesNotExist());
      return true;
    } catch (StorageException e) {
      assertThat(e.getCode()).isEqualTo(412);
      assertThat(e.getReason()).isEqualTo("conditionNotMet");
      return false;
    }
  }

  @Test
  void aNewContentIsANewGenerationAndOldConditionsFail() {
    Blob first = client.create(info("a"), "1".getBytes(UTF_8));
    Blob second =
        client.create(info("a"), "2".getBytes(UTF_8), generationMatch(first.getGeneration()));

    assertThat(second.getGeneration()).isGreaterThan(first.getGeneration());
    refused(412, () -> client.create(first, "3".getBytes(UTF_8), generationMatch()));
    refused(412, () -> client.delete(info("a").getBlobId(), BlobSourceOption.generationMatch(7)));
    assertThat(client.get(first.getBlobId())).isNull();
    assertThat(client.readAllBytes(Cloud.BUCKET, "a")).asString().isEqualTo("2");
  }

  @Test
  void aPatchChangesMetadataOnlyAndKnowsItsMetageneration() {
    Blob created =
        client.create(
            info("a").toBuilder().setMetadata(Map.of("k", "1", "gone", "x")).build(),
            "1".getBytes(UTF_8));
    Map<String, String> changes = new HashMap<>(Map.of("k", "2"));
    changes.put("gone", null);
    Blob patched =
        client.update(
            created.toBuilder().setMetadata(changes).setContentType("text/plain").build(),
            metagenerationMatch());

    assertThat(patched.getMetageneration()).isEqualTo(2);
    assertThat(patched.getGeneration()).isEqualTo(created.getGeneration());
    assertThat(client.get(Cloud.BUCKET, "a").getMetadata()).isEqualTo(Map.of("k", "2"));
    refused(412, () -> client.update(created, metagenerationMatch()));
  }

  @Test
  void aReaderGetsTheBytesOfItsRange() throws Exception {
    client.create(info("r"), "0123456789".getBytes(UTF_8));

    try (ReadChannel reader = client.reader(Cloud.BUCKET, "r")) {
      reader.setChunkSize(3);
      reader.seek(2);
      reader.limit(9);
      assertThat(Channels.newInputStream(reader).readAllBytes()).asString().isEqualTo("2345678");
    }
    client.create(info("empty"));
    assertThat(client.readAllBytes(Cloud.BUCKET, "empty")).isEmpty();
  }

  @Test
  void aReaderKeepsItsGenerationWhileTheObjectIsReplaced() throws Exception {
    client.create(info("r"), "old".getBytes(UTF_8));
    try (InputStream open = cloud.local.open(Cloud.BUCKET, "r")) {
      client.create(info("r"), "new".getBytes(UTF_8));
      assertThat(open.readAllBytes()).asString().isEqualTo("old");
    }
  }

  @Test
  void aGzippedObjectIsInflatedOnlyForThoseWhoDoNotTakeGzip() throws Exception {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write("plain".getBytes(UTF_8));
    }
    client.create(info("z").toBuilder().setContentEncoding("gzip").build(), zipped.toByteArray());

    URI address = URI.create(cloud.local.url() + "/download/storage/v1/b/deltas/o/z?alt=media");
    HttpClient http = HttpClient.newHttpClient();
    assertThat(http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body())
        .isEqualTo("plain");
    HttpRequest takesGzip =
        HttpRequest.newBuilder(address).header("Accept-Encoding", "gzip").build();
    assertThat(http.send(takesGzip, BodyHandlers.ofByteArray()).body())
        .isEqualTo(zipped.toByteArray());
  }

  @Test
  void aBatchDeletesWhatExists() {
    client.create(info("a"), "1".getBytes(UTF_8));
    client.create(info("b"), "1".getBytes(UTF_8));

    assertThat(client.delete(BlobId.of(Cloud.BUCKET, "a"), BlobId.of(Cloud.BUCKET, "absent")))
        .containsExactly(true, false);
    StorageBatch batch = client.batch();
    StorageBatchResult<Blob> got = batch.get(Cloud.BUCKET, "b");
    StorageBatchResult<Blob> updated =
        batch.update(info("b").toBuilder().setContentType("text/é").build());
    batch.submit();
    assertThat(got.get().getName()).isEqualTo("b");
    assertThat(updated.get().getContentType()).isEqualTo("text/é");
  }

  @Test
  void bucketsKeepLabelsAndLifecycle() {
    Bucket bucket =
        client.create(
            BucketInfo.newBuilder("second.bucket")
                .setLabels(Map.of("team", "data"))
                .setLocation("europe-west1")
                .build());
    client.update(
        bucket.toBuilder()
            .setLabels(Map.of("team", "data", "env", "dev"))
            .setLifecycleRules(
                List.of(
                    new LifecycleRule(
                        LifecycleRule.LifecycleAction.newDeleteAction(),
                        LifecycleRule.LifecycleCondition.newBuilder().setAge(7).build())))
            .build());

    Bucket read = client.get("second.bucket");
    assertThat(read.getLabels()).containsOnly(Map.entry("team", "data"), Map.entry("env", "dev"));
    assertThat(read.getLifecycleRules()).hasSize(1);
    assertThat(read.getMetageneration()).isEqualTo(2);
    assertThat(client.list().iterateAll())
        .extracting(Bucket::getName)
        .containsExactly(Cloud.BUCKET, "second.bucket");
    assertThat(client.delete("second.bucket")).isTrue();
    assertThat(client.delete("second.bucket")).isFalse();
    assertThat(client.get("second.bucket")).isNull();
  }

  @Test
  void aBucketWithObjectsStays() {
    client.create(info("a"));
    refused(409, () -> client.delete(Cloud.BUCKET));
    refused(409, () -> client.create(BucketInfo.of(Cloud.BUCKET)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ab", "Upper", "under_", "-dash", "192.168.5.4", "goog-x", "my-google", "a..b"})
  void badBucketNamesAreRefused(String name) {
    refused(400, () -> client.create(BucketInfo.of(name)));
  }

  @ParameterizedTest
  @ValueSource(strings = {".", "..", "a\nb", "a\rb", ".well-known/acme-challenge/x"})
  void badObjectNamesAreRefused(String name) {
    refused(400, () -> client.create(info(name), new byte[1]));
  }

  @Test
  void aNameHasAtMost1024Bytes() {
    client.create(info("ä".repeat(512)), new byte[1]);
    refused(400, () -> client.create(info("ä".repeat(512) + "x"), new byte[1]));
    assertThat(client.get(Cloud.BUCKET, "ä".repeat(512))).isNotNull();
  }

  @Test
  void aMissingBucketIs404AndUnsupportedPromisesAre501() {
    refused(404, () -> client.create(BlobInfo.newBuilder("missing", "a").build(), new byte[1]));
    refused(404, () -> client.list("missing"));
    refused(
        501,
        () -> client.create(BucketInfo.newBuilder("versioned").setVersioningEnabled(true).build()));
  }

  private static void refused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(code));
  }
}
