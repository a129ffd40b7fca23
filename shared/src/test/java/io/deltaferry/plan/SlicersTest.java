package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.LeafSize;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.SliceRows.CtidRange;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlicersTest {
  private static final PgTable ORDERS = PgTable.of("public", "orders");
  private static final PgTable EMPTY = PgTable.of("public", "empty");

  @Test
  void aTableIsCutIntoEqualRangesOfBlocksOpenAtBothEnds() {
    assertThat(CtidRanges.slices(List.of(new LeafSize(ORDERS, 100, 1_000)), 250))
        .extracting(Slice::rows)
        .containsExactly(
            new CtidRange("public", "orders", null, 25L),
            new CtidRange("public", "orders", 25L, 50L),
            new CtidRange("public", "orders", 50L, 75L),
            new CtidRange("public", "orders", 75L, null));
  }

  @Test
  void anEmptyPartitionHasASliceForWhatItGetsMeanwhile() {
    assertThat(
            CtidRanges.slices(
                List.of(new LeafSize(EMPTY, 0, 0), new LeafSize(ORDERS, 1, 9_999)), 250))
        .containsExactly(
            new Slice("0", new CtidRange("public", "empty", null, null)),
            new Slice("1", new CtidRange("public", "orders", null, null)));
  }

  @Test
  void oneBlockIsNotCut() {
    assertThat(CtidRanges.halves(new CtidRange("public", "orders", 7L, 8L), 100)).isEmpty();
    assertThat(CtidRanges.halves(new CtidRange("public", "orders", null, null), 1)).isEmpty();
    assertThat(CtidRanges.halves(new CtidRange("public", "orders", 60L, null), 100).orElseThrow())
        .containsExactly(
            new CtidRange("public", "orders", 60L, 80L),
            new CtidRange("public", "orders", 80L, null));
  }

  @Test
  void conditionsAreRefusedWithTheNumbers() {
    assertThatCode(() -> Conditions.prove("orders", 0, 0)).doesNotThrowAnyException();
    assertRefused(3, 0, "3 rows satisfy none", "0 rows more than one");
    assertRefused(0, 5, "0 rows satisfy none", "5 rows more than one");
  }

  private static void assertRefused(long none, long several, String... words) {
    DeltaferryException failure =
        catchThrowableOfType(
            DeltaferryException.class, () -> Conditions.prove("orders", none, several));
    assertThat(failure.code()).isEqualTo(ErrorCode.SLICES_INVALID);
    assertThat(failure).hasMessageContainingAll(words);
  }
}
