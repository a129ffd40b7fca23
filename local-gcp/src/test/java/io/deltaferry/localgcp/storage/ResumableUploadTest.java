package io.deltaferry.localgcp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.WriteChannel;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobWriteOption;
import com.google.cloud.storage.StorageException;
import io.deltaferry.localgcp.storage.StorageFaults.Fault;
import io.deltaferry.localgcp.storage.StorageFaults.Operation;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resumable uploads: what is committed, what a failure leaves, what the end does. */
class ResumableUploadTest {
  private static final int BLOCK = 256 * 1024;

  Path directory;
  Cloud cloud;
  Wire wire;

  @BeforeEach
  void start(@TempDir Path directory) {
    this.directory = directory;
    cloud = Cloud.fresh(directory);
    wire = new Wire(cloud);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private static byte[] random(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  private void write(byte[] content, int chunk, BlobWriteOption... options) throws IOException {
    try (WriteChannel writer =
        cloud.client.writer(BlobInfo.newBuilder(Cloud.BUCKET, "part").build(), options)) {
      writer.setChunkSize(chunk);
      writer.write(ByteBuffer.wrap(content));
    }
  }

  private byte[] stored() throws IOException {
    return cloud.local.open(Cloud.BUCKET, "part").readAllBytes();
  }

  @Test
  void chunksOfTheClientsOwnSizeArriveExactly() throws Exception {
    byte[] content = random(35 * 1024 * 1024 + 7);
    write(content, 16 * 1024 * 1024);
    assertThat(Arrays.equals(stored(), content)).isTrue();
    assertThat(filesWaiting()).allMatch(name -> name.endsWith(".json"));
  }

  @Test
  void anEmptyWriterMakesAnEmptyObject() throws Exception {
    write(new byte[0], BLOCK);
    assertThat(stored()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "UNAVAILABLE_BEFORE_COMMIT, START_UPLOAD, 1",
    "UNAVAILABLE_BEFORE_COMMIT, UPLOAD, 2",
    "UNAVAILABLE_AFTER_COMMIT, UPLOAD, 1",
    "UNAVAILABLE_AFTER_COMMIT, UPLOAD, 3",
    "CONNECTION_RESET, UPLOAD, 1",
    "CONNECTION_RESET, UPLOAD, 2",
    "CONNECTION_RESET, START_UPLOAD, 1",
  })
  void theClientsOwnRetryGivesTheExactBytes(Fault fault, Operation operation, int times)
      throws Exception {
    byte[] content = random(5 * BLOCK + 99);
    cloud.local.faults().next(times, fault, operation, "par");

    write(content, 2 * BLOCK, BlobWriteOption.doesNotExist());

    assertThat(cloud.local.faults().remaining()).isZero();
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void anAbandonedUploadIsInvisible() throws Exception {
    String session = wire.begin("part", "");
    wire.put(session, random(3 * BLOCK), "bytes 0-786431/*");

    assertThat(cloud.local.find(Cloud.BUCKET, "part")).isEmpty();
    assertThat(cloud.client.list(Cloud.BUCKET).iterateAll()).isEmpty();
  }

  @Test
  void onlyWholeBlocksAreCommittedBeforeTheEnd() throws Exception {
    byte[] content = random(2 * BLOCK + 10);
    String session = wire.begin("part", "");

    assertThat(Wire.committed(wire.put(session, new byte[0], "bytes */*"))).isEqualTo("nothing");
    byte[] odd = Arrays.copyOf(content, BLOCK + 5);
    HttpResponse<byte[]> partial = wire.put(session, odd, "bytes 0-262148/*");
    assertThat(partial.statusCode()).isEqualTo(308);
    assertThat(Wire.committed(partial)).isEqualTo("bytes=0-262143");
    assertThat(Wire.committed(wire.put(session, new byte[0], "bytes */*")))
        .isEqualTo("bytes=0-262143");

    HttpResponse<byte[]> gap = wire.put(session, new byte[BLOCK], "bytes 262150-524293/*");
    assertThat(gap.statusCode()).isEqualTo(400);

    // Overlaps what is there already: the overlap is dropped.
    byte[] rest = Arrays.copyOfRange(content, 100, content.length);
    String range = "bytes 100-%d/%d".formatted(content.length - 1, content.length);
    HttpResponse<byte[]> done = wire.put(session, rest, range);
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void theEndCanBeRepeatedAndHappensOnce() throws Exception {
    String session = wire.begin("part", "&ifGenerationMatch=0");
    byte[] content = random(10);
    HttpResponse<byte[]> first = wire.put(session, content, "bytes 0-9/10");
    HttpResponse<byte[]> again = wire.put(session, content, "bytes 0-9/10");
    HttpResponse<byte[]> probe = wire.put(session, new byte[0], "bytes */10");

    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(Wire.json(again)).isEqualTo(Wire.json(first));
    assertThat(Wire.json(probe)).isEqualTo(Wire.json(first));
  }

  @Test
  void aSessionWithoutRangesTakesTheWholeBody() throws Exception {
    byte[] content = random(BLOCK + 3);
    assertThat(wire.send("PUT", wire.begin("part", ""), content).statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
  }

  @Test
  void aCancelledUploadIsGone() throws Exception {
    String session = wire.begin("part", "");
    wire.put(session, random(BLOCK), "bytes 0-262143/*");

    assertThat(wire.send("DELETE", session, new byte[0]).statusCode()).isEqualTo(499);
    assertThat(wire.put(session, new byte[0], "bytes */*").statusCode()).isEqualTo(404);
    assertThat(filesWaiting()).isEmpty();
  }

  @Test
  void theConditionIsCheckedAtTheStartAndAtTheEnd() throws Exception {
    String session = wire.begin("part", "&ifGenerationMatch=0");
    write(random(1), BLOCK);

    assertThat(wire.put(session, random(5), "bytes 0-4/5").statusCode()).isEqualTo(412);
    assertThatThrownBy(() -> write(random(2), BLOCK, BlobWriteOption.doesNotExist()))
        .hasStackTraceContaining("412");
    assertThat(stored()).isEqualTo(random(1));
  }

  @Test
  void aWrongChecksumLeavesNothing() throws Exception {
    HttpResponse<byte[]> refused =
        wire.send(
            "PUT",
            wire.begin("part", ""),
            random(5),
            "Content-Range",
            "bytes 0-4/5",
            "X-Goog-Hash",
            "crc32c=AAAAAA==");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(cloud.local.find(Cloud.BUCKET, "part")).isEmpty();
    assertThat(filesWaiting()).isEmpty();
  }

  @Test
  void aSizeThatContradictsIsRefused() throws Exception {
    String session = wire.begin("part", "");
    wire.put(session, random(BLOCK), "bytes 0-262143/300000");
    assertThat(wire.put(session, new byte[0], "bytes */400000").statusCode()).isEqualTo(400);
    assertThat(wire.put(session, new byte[0], "nonsense").statusCode()).isEqualTo(400);
  }

  @Test
  void anUploadGoesOnAfterARestart() throws Exception {
    byte[] content = random(2 * BLOCK + 3);
    String session = wire.begin("part", "");
    wire.put(session, Arrays.copyOf(content, BLOCK), "bytes 0-262143/*");
    cloud.close();
    cloud = new Cloud(directory);
    wire = new Wire(cloud);
    String moved = session.substring(session.indexOf("/upload"));

    assertThat(Wire.committed(wire.put(moved, new byte[0], "bytes */*")))
        .isEqualTo("bytes=0-262143");
    String range = "bytes 262144-%d/%d".formatted(content.length - 1, content.length);
    byte[] rest = Arrays.copyOfRange(content, BLOCK, content.length);
    HttpResponse<byte[]> done = wire.put(moved, rest, range);

    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(stored()).isEqualTo(content);
    Checksum checksum = new Checksum();
    checksum.update(content, 0, content.length);
    assertThat(Wire.json(done).get("crc32c").asText()).isEqualTo(checksum.crc32c());
    assertThat(Wire.json(done).get("md5Hash").asText()).isEqualTo(checksum.md5());
  }

  @Test
  void theEndCanBeRepeatedAfterARestart() throws Exception {
    String session = wire.begin("part", "");
    HttpResponse<byte[]> first = wire.put(session, random(5), "bytes 0-4/5");
    cloud.close();
    cloud = new Cloud(directory);
    wire = new Wire(cloud);
    HttpResponse<byte[]> again =
        wire.put(session.substring(session.indexOf("/upload")), random(5), "bytes 0-4/5");

    assertThat(again.statusCode()).isEqualTo(200);
    assertThat(Wire.json(again).get("generation")).isEqualTo(Wire.json(first).get("generation"));
  }

  @Test
  void anUploadExpiresAfterAWeek() throws Exception {
    String session = wire.begin("part", "");
    wire.put(session, random(BLOCK), "bytes 0-262143/*");
    cloud.close();
    cloud = new Cloud(directory, Cloud.NOW.plus(Duration.ofDays(8)));
    wire = new Wire(cloud);

    String moved = session.substring(session.indexOf("/upload"));
    assertThat(wire.put(moved, new byte[0], "bytes */*").statusCode()).isEqualTo(404);
    assertThat(filesWaiting()).isEmpty();
  }

  @Test
  void aMissingBucketIsRefusedAtTheStart() {
    BlobInfo info = BlobInfo.newBuilder("missing", "part").build();
    assertThatThrownBy(() -> cloud.client.writer(info).close())
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(404));
  }

  private Stream<String> filesWaiting() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("incoming"))) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
