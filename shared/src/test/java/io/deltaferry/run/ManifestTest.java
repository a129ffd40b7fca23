package io.deltaferry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.copy.PartReceipt;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestTest {
  private static final RunId RUN = new RunId("orders", 7);

  /** What one slice lost is not less lost because the next lost something too. */
  @Test
  void whatTheSlicesCountedIsAddedUp() {
    Manifest manifest =
        manifest(
            receipt("0", 5, Map.of("valid_to", 2L)),
            receipt("1", 7, Map.of("valid_to", 1L, "born", 3L)));
    assertThat(manifest.rows()).isEqualTo(12);
    assertThat(manifest.nullCursors()).isEqualTo(12);
    assertThat(manifest.rowsOverlap()).isEqualTo(24);
    assertThat(manifest.uncompressedBytes()).isEqualTo(120);
    assertThat(manifest.losses()).isEqualTo(Map.of("valid_to", 3L, "born", 3L));
    assertThat(manifest.parts()).extracting(PartReceipt::name).containsExactly("part-0", "part-1");
  }

  @Test
  void aHalfOfTheOnlySliceIsASliceToo() {
    assertThat(manifest(receipt("0", 5, Map.of())).isSliced()).isFalse();
    assertThat(manifest(receipt("0.0", 5, Map.of()), receipt("0.1", 5, Map.of())).isSliced())
        .isTrue();
  }

  private static Manifest manifest(Receipt... receipts) {
    return Manifest.of(RUN, "plan", List.of(receipts), null, null);
  }

  private static Receipt receipt(String slice, long rows, Map<String, Long> losses) {
    return new Receipt(
        slice,
        "attempt",
        rows,
        List.of(new PartReceipt("part-" + slice, rows, 1, "crc", 1)),
        10 * rows,
        null,
        rows,
        2 * rows,
        losses,
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }
}
