package io.deltaferry.localgcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobTargetOption;
import com.google.cloud.storage.StorageException;
import io.deltaferry.localgcp.storage.StorageFaults.Fault;
import io.deltaferry.localgcp.storage.StorageFaults.Operation;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Uploads in one request, and the switches that make calls fail. */
class FaultsAndUploadsTest {
  private static final BlobInfo INFO = BlobInfo.newBuilder(Cloud.BUCKET, "a").build();
  private static final String MEDIA = "/upload/storage/v1/b/deltas/o?uploadType=media&name=a";

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

  @Test
  void aMediaUploadIsCheckedAgainstItsHash() throws Exception {
    byte[] body = "123456789".getBytes(UTF_8);
    // The check value of CRC-32C: 0xE3069283.
    assertThat(wire.send("POST", MEDIA, body, "X-Goog-Hash", "crc32c=4waSgw==").statusCode())
        .isEqualTo(200);
    assertThat(wire.send("POST", MEDIA, body, "X-Goog-Hash", "crc32c=4waShA==").statusCode())
        .isEqualTo(400);
    assertThat(wire.send("POST", MEDIA, body, "Content-MD5", "AAAA").statusCode()).isEqualTo(400);
    assertThat(wire.send("POST", MEDIA + "&ifGenerationMatch=x", body).statusCode()).isEqualTo(400);
    assertThat(cloud.client.readAllBytes(INFO.getBlobId())).isEqualTo(body);
    assertThat(incoming()).isEmpty();
  }

  @Test
  void aBodyThatBreaksOffLeavesNothing() throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), cloud.local.port())) {
      String head = "POST " + MEDIA + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\nhalf";
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.shutdownOutput();
      // The server has made up its mind once it hangs up, without an answer.
      assertThat(socket.getInputStream().readAllBytes()).isEmpty();
    }
    assertThat(cloud.local.find(Cloud.BUCKET, "a")).isEmpty();
    assertThat(incoming()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void readsAndListsAreRetriedByTheClient(Fault fault) {
    cloud.client.create(INFO, "x".getBytes(UTF_8));
    cloud.local.faults().next(2, fault, Operation.READ);
    cloud.local.faults().next(1, fault, Operation.LIST);

    assertThat(cloud.client.readAllBytes(INFO.getBlobId())).asString().isEqualTo("x");
    assertThat(cloud.client.list(Cloud.BUCKET).streamAll()).hasSize(1);
    assertThat(cloud.local.faults().remaining()).isZero();
  }

  @Test
  void aFaultAfterTheCommitHidesASuccess() {
    cloud.local.faults().next(1, Fault.UNAVAILABLE_AFTER_COMMIT, Operation.UPLOAD, "a");

    // The client's retry of a create-only write meets its own object.
    assertThatThrownBy(
            () -> cloud.client.create(INFO, new byte[1], BlobTargetOption.doesNotExist()))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(412));
    assertThat(cloud.client.get(INFO.getBlobId())).isNotNull();
  }

  @Test
  void aFaultBeforeTheCommitChangesNothing() {
    cloud.client.create(INFO, new byte[1]);
    cloud.local.faults().next(1, Fault.UNAVAILABLE_BEFORE_COMMIT, Operation.CHANGE, "a");

    assertThatThrownBy(() -> cloud.client.delete(INFO.getBlobId()))
        .isInstanceOfSatisfying(
            StorageException.class, e -> assertThat(e.getCode()).isEqualTo(503));
    assertThat(cloud.client.get(INFO.getBlobId())).isNotNull();
  }

  @Test
  void faultsAreForTheirPrefixAndCanBeForgotten() {
    StorageFaults faults = cloud.local.faults();
    faults.next(1, Fault.UNAVAILABLE_BEFORE_COMMIT, Operation.UPLOAD, "other/");
    cloud.client.create(INFO, new byte[1]);
    assertThat(faults.remaining()).isEqualTo(1);
    faults.clear();
    assertThat(faults.remaining()).isZero();
    assertThatThrownBy(() -> faults.next(0, Fault.CONNECTION_RESET, Operation.READ))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private List<Path> incoming() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("incoming"))) {
      return files.toList();
    }
  }
}
