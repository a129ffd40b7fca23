package io.deltaferry.cli.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.storage.BlobId;
import com.google.cloud.storage.BucketInfo;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.copy.PartWriter;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.gcp.StorageControlStore;
import io.deltaferry.gcp.StoragePartSink;
import io.deltaferry.run.ControlStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Objects are created once and whole, or not at all. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketTest {
  private static final String BUCKET = "shop-staging";

  private LocalGoogle google;
  private ControlStore control;

  @BeforeAll
  void start(@TempDir Path directory) throws SQLException {
    google = new LocalGoogle(directory);
    google.storage().create(BucketInfo.of(BUCKET));
    control = new StorageControlStore(google.storage(), BUCKET);
  }

  @AfterAll
  void stop() {
    google.close();
  }

  @Test
  void theFirstWriterWinsAndTheLaterOneReadsWhatWon() {
    ControlStore.Created first = control.create("plan.json", "first", Map.of("request-id", "a"));
    ControlStore.Created later = control.create("plan.json", "later", Map.of("request-id", "b"));
    assertThat(first.won()).isTrue();
    assertThat(later.won()).isFalse();
    assertThat(later.content()).isEqualTo("first");
    assertThat(later.object()).isEqualTo(first.object());
    assertThat(control.read("plan.json")).contains("first");
  }

  @Test
  void aPartTakesNobodysName() throws IOException {
    PartReceipt first = part("taken", "first").commit(1);
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class, () -> part("taken", "later, and longer").commit(2));
    assertThat(failure.code()).isEqualTo(ErrorCode.STAGING_UNAVAILABLE);
    assertThat(new String(google.storage().readAllBytes(id(first.name())), StandardCharsets.UTF_8))
        .isEqualTo("first");
  }

  /** The client's channel would publish a cut object when it is closed. */
  @Test
  void aPartThatIsGivenUpNeverShows() throws IOException {
    PartWriter cut = part("cut", "half of it");
    cut.abort();
    assertThat(control.list("cut", 10)).isEmpty();
  }

  @Test
  void aReceiptIsWhatTheBucketSays() throws IOException {
    PartReceipt receipt = part("whole", "rows").commit(4);
    assertThat(receipt.name()).isEqualTo("whole/00000");
    assertThat(control.list("whole", 10))
        .singleElement()
        .satisfies(
            stored -> {
              assertThat(stored.size()).isEqualTo(receipt.bytes());
              assertThat(stored.crc32c()).isEqualTo(receipt.crc32c());
            });
  }

  private PartWriter part(String prefix, String content) throws IOException {
    PartWriter writer = new StoragePartSink(google.storage(), BUCKET, prefix + "/").open(0);
    writer.write(ByteBuffer.wrap(content.getBytes(StandardCharsets.UTF_8)));
    return writer;
  }

  private static BlobId id(String name) {
    return BlobId.of(BUCKET, name);
  }
}
