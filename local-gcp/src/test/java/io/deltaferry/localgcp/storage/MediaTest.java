package io.deltaferry.localgcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.storage.BlobInfo;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads that end without the bytes, by bare HTTP. */
class MediaTest {
  private static final String MEDIA = "/download/storage/v1/b/deltas/o/a?alt=media";

  Cloud cloud;
  Wire wire;

  @BeforeEach
  void start(@TempDir Path directory) {
    cloud = Cloud.fresh(directory);
    wire = new Wire(cloud);
  }

  @AfterEach
  void stop() {
    cloud.close();
  }

  private long create(String encoding) {
    BlobInfo info = BlobInfo.newBuilder(Cloud.BUCKET, "a").setContentEncoding(encoding).build();
    return cloud.client.create(info, "0123456789".getBytes(UTF_8)).getGeneration();
  }

  @Test
  void aRangeOutsideIsRefusedInPlainJsonThoughTheObjectIsGzipped() throws Exception {
    create("gzip");
    HttpResponse<byte[]> refused =
        wire.send("GET", MEDIA, new byte[0], "Range", "bytes=10-", "Accept-Encoding", "gzip");
    assertThat(refused.statusCode()).isEqualTo(416);
    assertThat(refused.headers().firstValue("Content-Encoding")).isEmpty();
    assertThat(Wire.json(refused).at("/error/errors/0/reason").asText())
        .isEqualTo("requestedRangeNotSatisfiable");
  }

  @Test
  void whatTheReaderHasAlreadyIsNotSentAgain() throws Exception {
    String condition = "&ifGenerationNotMatch=" + create("identity");
    HttpResponse<byte[]> same = wire.send("GET", MEDIA + condition, new byte[0]);
    assertThat(same.statusCode()).isEqualTo(304);
    assertThat(same.body()).isEmpty();
    create("identity");
    assertThat(wire.send("GET", MEDIA + condition, new byte[0]).statusCode()).isEqualTo(200);
  }
}
