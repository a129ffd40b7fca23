package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances whose clocks are ten minutes wrong, beside others whose clocks are right. */
@Timeout(180)
class ClockSkewTest {
  private static final Duration AHEAD = Duration.ofMinutes(10);
  private static final Duration BEHIND = AHEAD.negated();

  /** How long a run stays its owner's: less than the clocks differ by. */
  private static final String EXPIRY = "run_expiry: 5m";

  /** Nothing but the lateness bounds the watermark, and nothing but a clock the lateness. */
  @ParameterizedTest
  @ValueSource(ints = {-10, 0, 10})
  void theWatermarkIsCountedFromTheDatabasesClock(int minutes) {
    Line line = Bench.shared().line("stamped_by: application", "lateness: 1m");
    Instance wrong = line.instance().clock(clock(Duration.ofMinutes(minutes)));
    line.write("v", 1);
    Instant before = databaseNow(line);
    line.request();
    line.deliver(wrong);
    Instant after = databaseNow(line);
    String text = line.rows("SELECT next_low FROM control.state__%s").get(0);
    Instant watermark = Instant.parse(text.replace(' ', 'T').replace("+00", "Z"));
    assertThat(watermark.plus(Duration.ofMinutes(1))).isBetween(before, after);
  }

  @ParameterizedTest
  @ValueSource(ints = {-10, 10})
  void theirStagesWorkTogether(int minutes) {
    Line line = Bench.shared().line();
    Instance right = line.instance();
    Instance wrong = line.instance().clock(clock(Duration.ofMinutes(minutes)));
    for (int round = 0; round < 2; round++) {
      line.write("round " + round, 1, 10 + round);
      line.request();
      (round % 2 == 0 ? right : wrong).take(line.bus.next(Bus.To.EXTRACTOR));
      (round % 2 == 0 ? wrong : right).take(line.bus.next(Bus.To.LOADER));
      (round % 2 == 0 ? right : wrong).take(line.bus.next(Bus.To.MERGER));
      assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
      assertThat(line.differences()).isEmpty();
    }
    assertThat(line.merged()).containsExactly("1", "2");
  }

  @Test
  void aLiveRunIsNotTakenFromItsOwner() {
    assertThat(takesOver(AHEAD, Duration.ZERO, UnaryOperator.identity())).isFalse();
    assertThat(takesOver(AHEAD, Duration.ZERO, RuleOff.bucketsClock(clock(AHEAD)))).isTrue();
  }

  @Test
  void anAbandonedRunIsTakenOver() {
    Duration quiet = Duration.ofMinutes(6);
    assertThat(takesOver(BEHIND, quiet, UnaryOperator.identity())).isTrue();
    assertThat(takesOver(BEHIND, quiet, RuleOff.bucketsClock(clock(BEHIND)))).isFalse();
  }

  /** Whether an instance with such a clock begins a second run beside one that is so old. */
  private static boolean takesOver(
      Duration skew, Duration quiet, UnaryOperator<ControlStore> rule) {
    Line line = Bench.shared().line(EXPIRY);
    line.write("v", 1);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.bus.lose();
    line.bench.clock.forward(quiet);
    line.request();
    line.instance().clock(clock(skew)).store(rule).take(line.bus.next(Bus.To.EXTRACTOR));
    return line.bench.storage.get(Bench.BUCKET, ObjectNames.plan(line.run(2))) != null;
  }

  private static Instant databaseNow(Line line) {
    String micros =
        Objects.requireNonNull(
            line.bench
                .postgres
                .column("SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint")
                .get(0));
    return Instant.EPOCH.plusNanos(Long.parseLong(micros) * 1_000);
  }

  private static Clock clock(Duration skew) {
    return Clock.offset(Bench.shared().clock.clock(), skew);
  }
}
