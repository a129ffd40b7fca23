package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import io.deltaferry.testing.ForwardingControlStore;
import io.deltaferry.testing.MemoryControlStore;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BeatsTest {
  private static final RunId FIRST = new RunId("orders", 1);

  private final MemoryControlStore control = new MemoryControlStore();

  @BeforeEach
  void begin() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
  }

  @Test
  void areNumberedOverAllAttempts() {
    Beats beats = beats("");
    assertThat(beats.next()).isTrue();
    assertThat(beats.next()).isTrue();
    assertThat(beats("").next()).isTrue();
    assertThat(control.list(ObjectNames.beatsPrefix(FIRST, "0"), 10))
        .extracting(StoredObject::name)
        .containsExactly(
            ObjectNames.beat(FIRST, "0", 3),
            ObjectNames.beat(FIRST, "0", 2),
            ObjectNames.beat(FIRST, "0", 1));
  }

  @Test
  void endWithTheRun() {
    Beats beats = beats("x");
    assertThat(beats.next()).isTrue();
    control.create(ObjectNames.end(FIRST), "{}", Map.of());
    assertThat(beats.next()).isFalse();
    assertThat(control.list(ObjectNames.beatsPrefix(FIRST, "0"), 10)).hasSize(1);
  }

  @Test
  void endWhenTheRunIsTakenOver() {
    Beats beats = beats("");
    KnownRun.begin(control, new RunId("orders", 2), KnownRun.Origin.of("b"), "{}");
    assertThat(beats.next()).isFalse();
  }

  @Test
  void endWhenAnotherExecutionHasClaimedTheRun() {
    Beats first = beats("x");
    assertThat(first.next()).isTrue();
    assertThat(beats("y").next()).isTrue();
    assertThat(first.next()).isFalse();
  }

  /** A delivery that came twice: both may finish the slice. */
  @Test
  void ofTwoServicesDoNotDisturbEachOther() {
    Beats first = beats("");
    Beats second = beats("");
    assertThat(first.next()).isTrue();
    assertThat(second.next()).isTrue();
    assertThat(first.next()).isTrue();
  }

  /** The platform starts a task again under the name of its execution. */
  @Test
  void goOnAfterAnAttemptThatDied() {
    assertThat(beats("x").next()).isTrue();
    assertThat(beats("x").next()).isTrue();
  }

  @Test
  void areForOneOfTwoThatClaimTheRunAtOnce() {
    ControlStore before = new SeenBefore(control);
    assertThat(beats("x").next()).isTrue();
    assertThat(new Beats(before, FIRST, "0", "y").next()).isFalse();
    assertThat(new Beats(before, FIRST, "0", "").next()).isFalse();
  }

  private Beats beats(String holder) {
    return new Beats(control, FIRST, "0", holder);
  }

  /** Lists no sign of life that has come meanwhile. */
  private static final class SeenBefore extends ForwardingControlStore {
    SeenBefore(ControlStore bucket) {
      super(bucket);
    }

    @Override
    public List<StoredObject> list(String prefix, int limit) {
      return super.list(prefix, limit).stream()
          .filter(object -> !object.name().contains("/beats/"))
          .toList();
    }
  }
}
