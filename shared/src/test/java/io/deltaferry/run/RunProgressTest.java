package io.deltaferry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.deltaferry.run.RunProgress.Phase;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunProgressTest {
  private static final Offset<Double> NEARLY = within(1e-9);

  @Test
  void slicesOfTheExpectedSizeCountEvenly() {
    assertThat(extracting(0, 0, 1_000L).share()).isZero();
    assertThat(extracting(1, 250, 1_000L).share()).isCloseTo(0.2, NEARLY);
    assertThat(extracting(3, 750, 1_000L).share()).isCloseTo(0.6, NEARLY);
    assertThat(extracting(4, 1_000, 1_000L).share()).isCloseTo(0.8, NEARLY);
  }

  @Test
  void aWrongEstimateCountsForLessWithEverySlice() {
    assertThat(extracting(2, 500, 10_000L).share()).isCloseTo(0.8 * 500 / 5_500, NEARLY);
    assertThat(extracting(4, 1_000, 10_000L).share()).isCloseTo(0.8, NEARLY);
    assertThat(extracting(2, 500, 0L).share()).as("too small").isCloseTo(0.4, NEARLY);
    assertThat(extracting(2, 500, null).share()).as("none").isCloseTo(0.4, NEARLY);
    assertThat(extracting(2, 0, null).share()).as("no rows").isCloseTo(0.4, NEARLY);
  }

  @Test
  void theRestTakesAsLongAsItTookSoFar() {
    Duration elapsed = Duration.ofSeconds(100);
    assertThat(extracting(0, 0, 1_000L).left(elapsed)).isEmpty();
    assertThat(extracting(1, 250, 1_000L).left(elapsed)).contains(Duration.ofSeconds(400));
    assertThat(new RunProgress(Phase.DONE, 4, 4, 1, 1L).left(elapsed)).contains(Duration.ZERO);
  }

  @Property
  void neverMoreThanAllAndAllAtTheEndOnly(
      @ForAll Phase phase,
      @ForAll @LongRange(max = 1_000) long slices,
      @ForAll @LongRange(max = 1_000) long staged,
      @ForAll @LongRange(max = Long.MAX_VALUE / 2) long rows,
      @ForAll long estimate,
      @ForAll @LongRange(min = -1_000_000, max = 1_000_000_000) long elapsedMillis) {
    RunProgress progress = new RunProgress(phase, slices, staged, rows, estimate);
    assertThat(progress.share()).isBetween(0.0, 1.0);
    assertThat(progress.share() == 1).isEqualTo(phase == Phase.DONE);
    assertThat(progress.left(Duration.ofMillis(elapsedMillis)).orElse(Duration.ZERO))
        .isGreaterThanOrEqualTo(Duration.ZERO);
  }

  /** Whatever the estimate said, nothing that was shown as done is taken back. */
  @Property
  void growsWithEverySlice(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 1_000_000) Integer> rowsOfSlices,
      @ForAll @LongRange(max = 10_000_000) long estimate) {
    double before = 0;
    long rows = 0;
    for (int staged = 0; staged < rowsOfSlices.size(); staged++) {
      rows += rowsOfSlices.get(staged);
      double now =
          new RunProgress(Phase.EXTRACTING, rowsOfSlices.size(), staged + 1L, rows, estimate)
              .share();
      assertThat(now).isGreaterThanOrEqualTo(before - 1e-12);
      before = now;
    }
    assertThat(before).isCloseTo(0.8, NEARLY);
    assertThat(new RunProgress(Phase.LOADING, 1, 1, rows, estimate).share()).isEqualTo(0.8);
  }

  private static RunProgress extracting(long staged, long rows, @Nullable Long estimate) {
    return new RunProgress(Phase.EXTRACTING, 4, staged, rows, estimate);
  }
}
