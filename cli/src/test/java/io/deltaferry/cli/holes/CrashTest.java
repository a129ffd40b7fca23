package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An instance dies between its work and telling of it; its event comes again, to another. */
@Timeout(180)
class CrashTest {
  @Test
  void betweenCommitAndTelling() {
    Line with = diedAfterItsMerge(UnaryOperator.identity());
    assertMergedOnce(with);
    Line without = diedAfterItsMerge(CrashTest::blind);
    assertThat(without.merged()).containsExactly("1");
    assertThat(without.end().outcome()).as("of what is merged").isEqualTo(SyncOutcome.FAILED);
  }

  private static Warehouse blind(Warehouse warehouse) {
    return RuleOff.lookAtTheState(RuleOff.jobsNamedAfterWork(warehouse));
  }

  private static Line diedAfterItsMerge(UnaryOperator<Warehouse> rule) {
    Line line = until(Bus.To.MERGER);
    Bus.Delivery loaded = line.bus.next(Bus.To.MERGER);
    dies(line.instance().warehouse(Moment.afterMerge(Moment.DEATH)), loaded);
    again(line.instance().warehouse(rule), loaded);
    return line;
  }

  @Test
  void betweenLoadAndPublish() {
    Line with = diedAfterItsLoad(UnaryOperator.identity());
    assertMergedOnce(with);
    Line without = diedAfterItsLoad(RuleOff::jobsNamedAfterWork);
    assertThat(without.end().outcome())
        .as("its rows are loaded, and there is no place for them again")
        .isEqualTo(SyncOutcome.FAILED);
  }

  private static Line diedAfterItsLoad(UnaryOperator<Warehouse> rule) {
    Line line = until(Bus.To.LOADER);
    Bus.Delivery staged = line.bus.next(Bus.To.LOADER);
    dies(line.instance().warehouse(Moment.afterLoad(Moment.DEATH)), staged);
    again(line.instance().warehouse(rule), staged);
    line.deliver(line.instance());
    return line;
  }

  /** The manifest's event is used up: nobody but the extractor can tell the loader. */
  @Test
  void betweenManifestAndItsEvent() {
    Line line = until(Bus.To.EXTRACTOR);
    Bus.Delivery request = line.bus.next(Bus.To.EXTRACTOR);
    dies(line.instance().store(Moment.afterObject("/1.json", Moment.DEATH)), request);
    assertThat(line.isStaged(1)).isTrue();
    line.bus.lose();
    line.instance().take(request);
    line.deliver(line.instance());
    assertMergedOnce(line);
  }

  /** The run has its end, and nobody knows of it, neither who waits for its turn. */
  @Test
  void betweenTheEndAndItsMessage() {
    Line line = until(Bus.To.MERGER);
    Bus.Delivery loaded = line.bus.next(Bus.To.MERGER);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    dies(line.instance().store(Moment.afterObject("end.json", Moment.DEATH)), loaded);
    assertThat(line.bus.ends()).isEmpty();
    line.instance().take(loaded);
    assertThat(line.bus.ends()).extracting(SyncCompleted::requestId).containsExactly("request-1");
    line.deliver(line.instance());
    assertThat(line.end().requestId()).as("who had waited").isEqualTo("request-2");
  }

  /** A slice has its outcome, and nobody was asked for the next one. */
  @Test
  void betweenAnOutcomeAndTheNextSlice() {
    Line line = Bench.shared().line("slice_rows: 100", "parallel_slices: 1");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    Bus.Delivery slice = line.bus.next(Bus.To.EXTRACTOR);
    dies(line.instance().store(Moment.afterObject("outcome.json", Moment.DEATH)), slice);
    assertThat(line.bus.poll()).isEmpty();
    line.instance().take(slice);
    line.deliver(line.instance());
    assertMergedOnce(line);
  }

  /** A run whose next event is for that stage. */
  private static Line until(Bus.To to) {
    Line line = Bench.shared().line();
    line.write("v", 1, 2, 3);
    line.request();
    Instance instance = line.instance();
    for (Bus.To stage : Bus.To.values()) {
      if (stage == to) {
        break;
      }
      instance.take(line.bus.next(stage));
    }
    return line;
  }

  private static void dies(Instance instance, Bus.Delivery delivery) {
    assertThatThrownBy(() -> instance.take(delivery)).isInstanceOf(Moment.Death.class);
  }

  /** It may be refused, which is an end. */
  private static void again(Instance instance, Bus.Delivery delivery) {
    try {
      instance.take(delivery);
    } catch (DeltaferryException refused) {
      assertThat(refused.code()).isIn(ErrorCode.SUPERSEDED, ErrorCode.WAREHOUSE_REFUSED);
    }
  }

  private static void assertMergedOnce(Line line) {
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.merged()).containsExactly("1");
    assertThat(line.differences()).isEmpty();
  }
}
