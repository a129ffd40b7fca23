package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.Warehouse;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.SyncMode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that come and go while a reconciliation looks for those that went. */
@Timeout(180)
class ReconcileRaceTest {
  private static final UnaryOperator<Warehouse> ON = UnaryOperator.identity();
  private static final RunOptions ANY = RunOptions.deleting(MaxDeletes.parse("100%"));

  /** It had read the keys, and slept before its transaction while another run brought a new one. */
  @Test
  void aKeyThatCameLaterIsNeverDeleted() {
    assertThat(afterALateReconciliation(ON)).isEmpty();
    assertThat(afterALateReconciliation(RuleOff::fence))
        .as("a row that the source has")
        .containsExactly("4");
  }

  private static List<String> afterALateReconciliation(UnaryOperator<Warehouse> rule) {
    Line line = Bench.shared().line("run_expiry: 1m");
    line.write("first", 1, 2, 3);
    line.sync();
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    line.request(SyncMode.RECONCILE, ANY);
    Runnable overtaken =
        () -> {
          line.bench.clock.forward(Duration.ofMinutes(2));
          line.write("later", 4);
          line.sync();
          assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
        };
    line.deliver(line.instance().warehouse(rule).warehouse(Moment.beforeMerge(overtaken)));
    return line.differencesOfAlive();
  }

  /** Another that takes its place reads the keys anew, unless nothing was merged in between. */
  @Test
  void aReconciliationThatTookOverDeletesNothingThatCameMeanwhile() {
    Line line = Bench.shared().line("run_expiry: 1m");
    line.write("first", 1, 2, 3);
    line.sync();
    line.request(SyncMode.RECONCILE, ANY);
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.bus.lose();
    line.bench.clock.forward(Duration.ofMinutes(2));
    line.write("later", 4);
    line.sync();
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    line.sync(SyncMode.RECONCILE, ANY);
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  /** It leaves the blocks and the condition where it was, but not its range of keys. */
  @Test
  void aRowThatChangesBetweenTwoSlicesStays() {
    Line line =
        Bench.shared()
            .line("slice_rows: 100", "parallel_slices: 1", "slices: [v <> 'moved', v = 'moved']");
    line.atSource("INSERT INTO public.%s SELECT i, 'first' FROM generate_series(1, 300) AS i");
    line.atSource("ANALYZE public.%s");
    line.sync();
    line.atSource("DELETE FROM public.%s WHERE id IN (50, 250)");
    line.request(SyncMode.RECONCILE, RunOptions.NONE);
    Runnable moved =
        () -> {
          line.write("moved", 1, 299);
          line.atSource("DELETE FROM public.%s WHERE id IN (2, 298)");
          line.write("new", 0, 301);
        };
    line.deliver(line.instance().store(Moment.afterObject("slices/0/outcome.json", moved)));
    assertThat(line.end().outcome()).as("%s", line.end()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.visible()).anySatisfy(slices -> assertThat(slices).hasSize(3));
    assertThat(line.rows("SELECT id FROM target.%s WHERE _deleted ORDER BY id"))
        .as("298 was gone before its slice was read, 2 was there")
        .containsExactly("50", "250", "298");
    line.sync();
    line.sync(SyncMode.RECONCILE, RunOptions.NONE);
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  @Test
  void withWritersAtWorkTheEndIsEqual() throws Exception {
    Line line = Bench.shared().line();
    line.write("first", 1, 2, 3);
    line.sync();
    AtomicBoolean over = new AtomicBoolean();
    CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(line, over));
    for (int round = 0; round < 4; round++) {
      line.sync(SyncMode.RECONCILE, ANY);
      line.sync();
    }
    over.set(true);
    writer.get();
    line.sync();
    line.sync(SyncMode.RECONCILE, ANY);
    assertThat(line.differencesOfAlive()).isEmpty();
  }

  private static void write(Line line, AtomicBoolean over) {
    Random random = new Random(26);
    for (int change = 0; !over.get(); change++) {
      int id = random.nextInt(200);
      if (random.nextInt(3) == 0) {
        line.atSource("DELETE FROM public.%s WHERE id = " + id);
      } else {
        line.write("change " + change, id);
      }
    }
  }
}
