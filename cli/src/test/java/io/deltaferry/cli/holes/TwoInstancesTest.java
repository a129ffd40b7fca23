package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import io.deltaferry.table.SyncMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two instances have the same event, and meet at the call that decides. */
@Timeout(180)
class TwoInstancesTest {
  /** Once each service has it twice; a copy that is added twice would be seen as such. */
  @ParameterizedTest
  @EnumSource(names = {"APPEND", "REPLACE"})
  void ofACopy(SyncMode mode) throws InterruptedException {
    for (Bus.To stage : Bus.To.values()) {
      Line line = Bench.shared().line();
      line.write("v", 1, 2, 3);
      line.request(mode, RunOptions.NONE);
      togetherAsAsked(line, stage, TwoInstancesTest::meeting);
      assertOneEffect(line);
      assertThat(line.landed.rows("id, v")).containsExactly("1|v", "2|v", "3|v");
      assertThat(line.rows("SELECT COUNT(DISTINCT _uploaded_at) FROM target.%s"))
          .containsExactly("1");
    }
  }

  /** At whichever call decides in its stage. */
  private static Instance meeting(Instance instance, Runnable meeting) {
    return planning(instance, meeting)
        .warehouse(Moment.beforeLoad(meeting))
        .warehouse(Moment.beforeMerge(meeting));
  }

  /** Both have planned the run. */
  @Test
  void ofTheExtractor() throws InterruptedException {
    Line with = Bench.shared().line();
    together(with, Bus.To.EXTRACTOR, (one, meeting) -> planning(one, meeting));
    assertOneEffect(with);
    Line without = Bench.shared().line();
    together(
        without,
        Bus.To.EXTRACTOR,
        (one, meeting) -> planning(one.store(RuleOff.createOnly(without)), meeting));
    assertThat(Set.copyOf(without.manifests)).as("one for each plan of one run").hasSize(2);
  }

  private static Instance planning(Instance instance, Runnable meeting) {
    return instance.store(Moment.beforeObject("plan.json", meeting));
  }

  @Test
  void ofTheLoader() throws InterruptedException {
    Line with = Bench.shared().line();
    together(with, Bus.To.LOADER, (one, meeting) -> one.warehouse(Moment.beforeLoad(meeting)));
    assertOneEffect(with);
    Line without = Bench.shared().line();
    together(
        without,
        Bus.To.LOADER,
        (one, meeting) ->
            one.warehouse(RuleOff::jobsNamedAfterWork).warehouse(Moment.beforeLoad(meeting)));
    assertThat(outcomes(without)).as("one of two loads").contains(SyncOutcome.FAILED);
  }

  @Test
  void ofTheMerger() throws InterruptedException {
    Line line = Bench.shared().line();
    together(line, Bus.To.MERGER, (one, meeting) -> one.warehouse(Moment.beforeMerge(meeting)));
    assertOneEffect(line);
  }

  /** Of the two rules that keep a merge from being done twice, each is enough. */
  @Test
  void ofTheMergerWithTheFenceAlone() throws InterruptedException {
    Line line = Bench.shared().line();
    together(
        line,
        Bus.To.MERGER,
        (one, meeting) ->
            one.warehouse(RuleOff::jobsNamedAfterWork).warehouse(Moment.beforeMerge(meeting)));
    assertOneEffect(line);
  }

  /** One slept before its transaction until the other had committed, and was gone. Three rules. */
  @Test
  void ofTheMergerOneAfterTheOther() {
    assertThat(afterTheOther(UnaryOperator.identity()).merged()).containsExactly("1");
    UnaryOperator<Warehouse> off =
        port -> RuleOff.fence(RuleOff.balance(RuleOff.jobsNamedAfterWork(port)));
    assertThat(afterTheOther(off).merged())
        .as("the run's rows in the ledger")
        .containsExactly("1", "1");
  }

  private static Line afterTheOther(UnaryOperator<Warehouse> rule) {
    Line line = Bench.shared().line();
    line.write("v", 1, 2, 3);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.LOADER));
    Bus.Delivery loaded = line.bus.next(Bus.To.MERGER);
    Instance dying = line.instance().warehouse(rule).warehouse(Moment.afterMerge(Moment.DEATH));
    Runnable meanwhile =
        () -> assertThatThrownBy(() -> dying.take(loaded)).isInstanceOf(Moment.Death.class);
    line.instance().warehouse(rule).warehouse(Moment.beforeMerge(meanwhile)).take(loaded);
    return line;
  }

  /** What an instance is made of. */
  private interface Making {
    Instance of(Instance usual, Runnable meeting);
  }

  /** A sync in which one event is handled by two at a time. */
  private static void together(Line line, Bus.To at, Making making) throws InterruptedException {
    line.write("v", 1, 2, 3);
    line.request();
    togetherAsAsked(line, at, making);
  }

  private static void togetherAsAsked(Line line, Bus.To at, Making making)
      throws InterruptedException {
    Instance before = line.instance();
    for (Bus.To stage : Bus.To.values()) {
      Bus.Delivery delivery = line.bus.next(stage);
      if (stage == at) {
        both(line, delivery, making);
        break;
      }
      before.take(delivery);
    }
    while (true) {
      try {
        line.deliver(line.instance());
        return;
      } catch (DeltaferryException refused) {
        assertThat(outcomes(line)).contains(SyncOutcome.FAILED);
      }
    }
  }

  private static void both(Line line, Bus.Delivery delivery, Making making)
      throws InterruptedException {
    CyclicBarrier barrier = new CyclicBarrier(2);
    List<Thread> threads = new ArrayList<>();
    for (int n = 0; n < 2; n++) {
      Instance instance = making.of(line.instance(), () -> meet(barrier));
      threads.add(new Thread(() -> take(instance, delivery)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void take(Instance instance, Bus.Delivery delivery) {
    try {
      instance.take(delivery);
    } catch (DeltaferryException refused) {
      // Its end says so.
      return;
    }
  }

  private static void meet(CyclicBarrier barrier) {
    try {
      barrier.await(30, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<SyncOutcome> outcomes(Line line) {
    return line.bus.ends().stream().map(SyncCompleted::outcome).toList();
  }

  private static void assertOneEffect(Line line) {
    assertThat(outcomes(line)).isNotEmpty().containsOnly(SyncOutcome.COMPLETED);
    assertThat(line.bus.ends()).extracting(SyncCompleted::seq).containsOnly(1L);
    assertThat(line.merged()).containsExactly("1");
    assertThat(line.manifests).hasSize(1);
    assertThat(line.differences()).isEmpty();
  }
}
