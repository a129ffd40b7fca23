package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.copy.StopSignal;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.testing.ForwardingControlStore;
import io.deltaferry.testing.MemoryControlStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {
  private static final RunId FIRST = new RunId("orders", 1);
  private static final Duration EXPIRY = Duration.ofMillis(80);
  private static final long PATIENCE_NANOS = Duration.ofSeconds(30).toNanos();

  private final MemoryControlStore control = new MemoryControlStore();
  private final StopSignal stop = new StopSignal();
  private final AtomicInteger told = new AtomicInteger();

  @BeforeEach
  void begin() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
  }

  @Test
  void beatsUntilItIsClosed() {
    try (Heartbeat heart = heart(control, EXPIRY)) {
      await(() -> beats() >= 3);
      assertThat(heart.lost()).isFalse();
    }
    assertThat(told).as("each beat is told").hasValue(beats());
    assertThat(stop.reason()).isEmpty();
    // A thread that has done its work may still be on its way out.
    await(
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("deltaferry-heartbeat")));
  }

  /** What is short leaves nothing behind. */
  @Test
  void waitsForAQuarterOfTheExpiry() {
    try (Heartbeat heart = heart(control, Duration.ofHours(1))) {
      assertThat(heart.lost()).isFalse();
    }
    assertThat(beats()).isZero();
  }

  @Test
  void stopsTheWorkOnceTheRunIsAnothers() {
    try (Heartbeat heart = heart(control, EXPIRY)) {
      KnownRun.begin(control, new RunId("orders", 2), KnownRun.Origin.of("b"), "{}");
      await(heart::lost);
    }
    assertThat(stop.reason().map(DeltaferryException::code)).contains(ErrorCode.SUPERSEDED);
  }

  @Test
  void outlivesABucketThatDoesNotAnswerForAWhile() {
    AtomicInteger refusals = new AtomicInteger(2);
    try (Heartbeat heart = heart(new AwayAtFirst(control, refusals), EXPIRY)) {
      await(() -> beats() >= 2);
      assertThat(heart.lost()).isFalse();
    }
    assertThat(refusals.get()).isNegative();
  }

  private Heartbeat heart(ControlStore bucket, Duration expiry) {
    return new Heartbeat(
        FIRST, new Beats(bucket, FIRST, "0", ""), expiry, stop, told::incrementAndGet);
  }

  private int beats() {
    return control.list(ObjectNames.beatsPrefix(FIRST, "0"), 100).size();
  }

  private static void await(BooleanSupplier there) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!there.getAsBoolean()) {
      assertThat(System.nanoTime()).as("nanoseconds").isLessThan(deadline);
      Thread.onSpinWait();
    }
  }

  /** A bucket that refuses as often as the number says. */
  private static final class AwayAtFirst extends ForwardingControlStore {
    private final AtomicInteger refusals;

    AwayAtFirst(ControlStore bucket, AtomicInteger refusals) {
      super(bucket);
      this.refusals = refusals;
    }

    @Override
    public Created create(String name, String content, Map<String, String> metadata) {
      if (refusals.getAndDecrement() > 0) {
        throw new DeltaferryException(ErrorCode.STAGING_UNAVAILABLE, "the bucket is away");
      }
      return super.create(name, content, metadata);
    }
  }
}
