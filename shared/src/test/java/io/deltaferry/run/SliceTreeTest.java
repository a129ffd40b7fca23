package io.deltaferry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.testing.MemoryControlStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SliceTreeTest {
  private static final RunId RUN = new RunId("orders", 7);
  private static final List<Slice> PLANNED = planned(3);

  private final MemoryControlStore control = new MemoryControlStore();

  @Test
  void aRunWithoutOutcomesHasItsPlansSlicesToDo() {
    SliceTree tree = SliceTree.read(control, RUN, PLANNED);
    assertThat(tree.open()).isEqualTo(PLANNED);
    assertThat(tree.isComplete()).isFalse();
  }

  @Test
  void halvesStandWhereTheirSliceStood() {
    receipt("0").store(control, RUN);
    split("1").store(control, RUN);
    split("1.0").store(control, RUN);
    receipt("1.0.1").store(control, RUN);
    SliceTree tree = SliceTree.read(control, RUN, PLANNED);
    assertThat(tree.leaves())
        .extracting(Slice::path)
        .containsExactly("0", "1.0.0", "1.0.1", "1.1", "2");
    assertThat(tree.open()).extracting(Slice::path).containsExactly("1.0.0", "1.1", "2");
    assertThat(tree.open().get(0).rows()).isEqualTo(rows("1.0.0"));
  }

  @Test
  void theFirstOutcomeIsTheSlices() {
    assertThat(receipt("0").store(control, RUN)).isEqualTo(receipt("0"));
    assertThat(split("0").store(control, RUN)).isEqualTo(receipt("0"));
    assertThat(Outcome.read(control, RUN, "0")).contains(receipt("0"));
    assertThat(split("1").store(control, RUN)).isEqualTo(split("1"));
    assertThat(receipt("1").store(control, RUN)).isEqualTo(split("1"));
  }

  /** However the outcomes came about, the receipts are the same list. */
  @Property(tries = 50)
  void theReceiptsAreInSliceOrderWhoeverCameFirst(
      @ForAll @IntRange(min = 1, max = 25) int slices, @ForAll long seed) {
    MemoryControlStore store = new MemoryControlStore();
    Random random = new Random(seed);
    List<Outcome> outcomes = new ArrayList<>();
    List<String> leaves = new ArrayList<>();
    for (Slice slice : planned(slices)) {
      outcomesOf(slice.path(), random, outcomes, leaves);
    }
    Collections.shuffle(outcomes, random);
    for (int i = 0; i < outcomes.size(); i++) {
      assertThat(SliceTree.read(store, RUN, planned(slices)).isComplete()).isFalse();
      outcomes.get(i).store(store, RUN);
    }
    SliceTree tree = SliceTree.read(store, RUN, planned(slices));
    assertThat(tree.isComplete()).isTrue();
    assertThat(tree.receipts(store, RUN)).extracting(Receipt::slice).isEqualTo(leaves);
  }

  private static void outcomesOf(
      String path, Random random, List<Outcome> outcomes, List<String> leaves) {
    if (Slice.depth(path) < Slice.DEEPEST && random.nextInt(4) == 0) {
      outcomes.add(split(path));
      outcomesOf(Slice.half(path, 0), random, outcomes, leaves);
      outcomesOf(Slice.half(path, 1), random, outcomes, leaves);
    } else {
      outcomes.add(receipt(path));
      leaves.add(path);
    }
  }

  @Test
  void aRunIsGivenWhatAnotherHasAndItselfHasNot() {
    RunId next = new RunId("orders", 8);
    receipt("0").store(control, RUN);
    split("1").store(control, RUN);
    split("0").store(control, next);
    SliceTree.copy(control, RUN, next);
    assertThat(Outcome.read(control, next, "0")).contains(split("0"));
    assertThat(SliceTree.read(control, next, PLANNED).leaves())
        .extracting(Slice::path)
        .containsExactly("0.0", "0.1", "1.0", "1.1", "2");
  }

  @Test
  void halvesThatNobodyWroteAreCorruption() {
    receipt("0").store(control, RUN);
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> SliceTree.halves(control, RUN, "0"));
    assertThat(failure.code()).isEqualTo(ErrorCode.STAGING_CORRUPT);
    assertThat(failure).hasMessageContaining("slices/0/outcome.json");
  }

  @Test
  void pathsNameSlicesAndNothingElse() {
    assertThat(List.of("0", "17", "3.1", "0.0.1.0.1.0.1")).allMatch(Slice::isPath);
    assertThat(List.of("", "a", "-1", "1.2", "1.", ".1", "0.0.0.0.0.0.0.0", "1/../2"))
        .noneMatch(Slice::isPath);
  }

  private static List<Slice> planned(int slices) {
    List<Slice> planned = new ArrayList<>();
    for (int i = 0; i < slices; i++) {
      planned.add(new Slice(Integer.toString(i), rows(Integer.toString(i))));
    }
    return planned;
  }

  private static Split split(String path) {
    return new Split(path, List.of(half(path, 0), half(path, 1)));
  }

  private static Slice half(String path, int number) {
    String half = Slice.half(path, number);
    return new Slice(half, rows(half));
  }

  /** Told from others by its path. */
  private static SliceRows rows(String path) {
    return new SliceRows.KeysetRange(new Place(null, List.of(path)), null);
  }

  private static Receipt receipt(String path) {
    return new Receipt(
        path, "attempt", 0, List.of(), 0, null, 0, 0, Map.of(), null, Instant.EPOCH, Instant.EPOCH);
  }
}
