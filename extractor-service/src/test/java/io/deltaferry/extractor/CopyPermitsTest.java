package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class CopyPermitsTest {
  @Test
  void theHeapDecides() {
    assertThat(CopyPermits.forHeap(64L << 20).available()).isEqualTo(1);
    assertThat(CopyPermits.forHeap(128L << 20).available()).isEqualTo(2);
    assertThat(CopyPermits.forHeap(512L << 20).available()).isEqualTo(14);
  }

  @Test
  void aPermitComesBackAfterAFailure() {
    CopyPermits permits = new CopyPermits(1);
    assertThatThrownBy(
            () ->
                permits.holding(
                    Duration.ZERO,
                    () -> {
                      throw new IllegalStateException("broken");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(permits.available()).isEqualTo(1);
  }

  @Test
  void whoWaitsTooLongIsToldToComeBack() {
    CopyPermits permits = new CopyPermits(1);
    assertThatThrownBy(
            () ->
                permits.holding(
                    Duration.ZERO, () -> permits.holding(Duration.ofMillis(5), () -> "never")))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE));
  }
}
