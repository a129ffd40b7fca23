package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.Activity;
import io.deltaferry.plan.WatermarkModel.Action;
import io.deltaferry.plan.WatermarkModel.Step;
import io.deltaferry.type.CursorKind;
import java.util.List;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever writers and runs do, and in whatever order: no row falls behind the watermark. */
class WatermarkModelTest {
  private static final int LONG_ENOUGH = 40;

  @Property(tries = 5_000)
  void noHistoryLosesARow(
      @ForAll("histories") List<Step> history, @ForAll("kinds") CursorKind kind) {
    assertThat(lost(kind, history, UnaryOperator.identity())).isEmpty();
  }

  /** The same histories, where a run is blind to open or to prepared transactions. */
  @Property(tries = 1)
  void withoutARuleSomeHistoryLosesARow() {
    for (CursorKind kind : List.of(CursorKind.TIMESTAMPTZ, CursorKind.BIGINT)) {
      assertSomeHistoryLoses(
          kind, seen -> new Activity(seen.clock(), List.of(), seen.prepared(), seen.xmin(), null));
      assertSomeHistoryLoses(
          kind, seen -> new Activity(seen.clock(), seen.sessions(), 0, seen.xmin(), null));
    }
    assertSomeHistoryLoses(
        CursorKind.XID8,
        seen -> new Activity(seen.clock(), seen.sessions(), seen.prepared(), "999", null));
  }

  private void assertSomeHistoryLoses(CursorKind kind, UnaryOperator<Activity> blind) {
    assertThat(
            histories()
                .sampleStream()
                .limit(20_000)
                .anyMatch(history -> !lost(kind, history, blind).isEmpty()))
        .as("whether any history by %s loses a row", kind)
        .isTrue();
  }

  /** The rows that are lost at any point of the history. */
  private static List<String> lost(
      CursorKind kind, List<Step> history, UnaryOperator<Activity> shown) {
    WatermarkModel model = new WatermarkModel(kind, shown);
    for (Step step : history) {
      model.play(step);
      if (!model.lost().isEmpty()) {
        return model.lost();
      }
    }
    return List.of();
  }

  @Provide
  Arbitrary<List<Step>> histories() {
    Arbitrary<Action> actions =
        Arbitraries.frequency(
            Tuple.of(8, Action.INSERT),
            Tuple.of(5, Action.COMMIT),
            Tuple.of(2, Action.PREPARE),
            Tuple.of(1, Action.ROLLBACK),
            Tuple.of(2, Action.WAIT),
            Tuple.of(6, Action.LOOK),
            Tuple.of(6, Action.EXTRACT));
    return Combinators.combine(actions, Arbitraries.integers().between(1, 3))
        .as(Step::new)
        .list()
        .ofMinSize(8)
        .ofMaxSize(LONG_ENOUGH);
  }

  @Provide
  Arbitrary<CursorKind> kinds() {
    return Arbitraries.of(
        CursorKind.TIMESTAMPTZ, CursorKind.DATE, CursorKind.BIGINT, CursorKind.XID8);
  }
}
