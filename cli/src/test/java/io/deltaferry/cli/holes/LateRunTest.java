package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that merges after newer ones. */
@Timeout(180)
class LateRunTest {
  private static final UnaryOperator<Warehouse> ON = UnaryOperator.identity();

  /** Its merger had looked at everything, and slept before its transaction. */
  @Test
  void aRunThatMergesAfterANewerOneBringsNothingBack() {
    assertThat(afterALateMerge(ON)).isEmpty();
    assertThat(afterALateMerge(RuleOff::fence))
        .as("a row that is older than it was, and one that had gone")
        .containsExactly("1", "2");
  }

  private static List<String> afterALateMerge(UnaryOperator<Warehouse> rule) {
    Line line = Bench.shared().line("run_expiry: 1m");
    line.write("first", 1, 2, 3);
    line.sync();
    line.write("second", 1, 2);
    line.request();
    Instance late =
        line.instance().warehouse(rule).warehouse(Moment.beforeMerge(() -> overtake(line)));
    line.deliver(late);
    return line.differences();
  }

  /** A run takes over, one more follows, and a row is removed on both sides. */
  private static void overtake(Line line) {
    line.bench.clock.forward(Duration.ofMinutes(2));
    line.sync();
    assertThat(line.end().seq()).isEqualTo(3);
    line.write("third", 1);
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    line.bench.postgres.run("DELETE FROM public.%s WHERE id = 2".formatted(line.table));
    line.bench.query("DELETE FROM target.%s WHERE id = 2".formatted(line.table));
    assertThat(line.differences()).isEmpty();
  }

  /** Planned while there was no target; whoever is late makes it after that. */
  @Test
  void aRunThatTookOverMergesIntoTheTargetThatTheOtherMade() {
    Line line = Bench.shared().line("run_expiry: 1m");
    line.write("first", 1, 2, 3);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.LOADER));
    Bus.Delivery late = line.bus.next(Bus.To.MERGER);
    Runnable planned =
        () -> {
          line.bench.clock.forward(Duration.ofMinutes(2));
          line.request();
          line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
        };
    line.instance().warehouse(Moment.beforeTable("target", planned)).take(late);
    line.deliver(line.instance());
    assertThat(line.end().seq()).isEqualTo(2);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
  }

  /** As a transaction does that begins early and writes late, or a program by its own clock. */
  @Test
  void aRunThatTookOverBringsARowWhoseStampWasCorrected() {
    assertThat(afterATakeOver(ON)).isEmpty();
    assertThat(afterATakeOver(warehouse -> RuleOff.balance(RuleOff.everyRowIsMerged(warehouse))))
        .as("a row that is newer in the target by its stamp only")
        .containsExactly("1");
  }

  private static List<String> afterATakeOver(UnaryOperator<Warehouse> rule) {
    Line line = Bench.shared().line("run_expiry: 1m", "stamped_by: application", "lateness: 1m");
    line.write("first", 1, 2);
    line.sync();
    line.bench.postgres.run(
        "UPDATE public.%s SET v = 'second', updated_at = updated_at - interval '1 s' WHERE id = 1"
            .formatted(line.table));
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.bus.lose();
    line.bench.clock.forward(Duration.ofMinutes(2));
    line.request();
    line.deliver(line.instance().warehouse(rule));
    assertThat(line.end().seq()).isEqualTo(3);
    return line.differences();
  }
}
