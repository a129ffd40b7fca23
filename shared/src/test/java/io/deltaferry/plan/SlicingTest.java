package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.StagedRuns;
import io.deltaferry.type.CursorKind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SlicingTest {
  private static final Slicing WHOLE = StagedRuns.plan(new RunId("orders", 1)).slicing();

  /** By their order, which is not that of their texts. */
  @Test
  void theLargestCursorOfAllSlicesIsTheRuns() {
    assertThat(high(null, "9", "100", null)).isEqualTo("100");
    assertThat(high("2000", "9", "100")).isEqualTo("2000");
    assertThat(high("5", "9", "100")).isEqualTo("100");
    assertThat(high(null, null, null)).isNull();
  }

  private static @Nullable String high(@Nullable String planned, @Nullable String... found) {
    Slicing slicing = new Slicing(WHOLE.order(), WHOLE.slices(), 1, planned, null);
    List<Receipt> receipts = Arrays.stream(found).map(SlicingTest::receipt).toList();
    return slicing.high(CursorKind.BIGINT, receipts);
  }

  private static Receipt receipt(@Nullable String high) {
    return new Receipt(
        "0", "a", 0, List.of(), 0, high, 0, 0, Map.of(), null, Instant.EPOCH, Instant.EPOCH);
  }
}
