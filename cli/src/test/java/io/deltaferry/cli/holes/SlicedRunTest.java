package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.SyncOutcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rows that change while a run is read in slices. */
@Timeout(180)
class SlicedRunTest {
  /** Both slices have it, and the later one has it as it is. */
  @Test
  void aRowThatMovesToASliceThatIsStillToBeRead() {
    Line line = sliced();
    line.sync();
    line.bench.postgres.run(
        "UPDATE public.%s SET v = 'w', updated_at = clock_timestamp()".formatted(line.table),
        "ANALYZE public." + line.table);
    line.request();
    line.deliver(
        line.instance()
            .store(Moment.afterObject("slices/0/outcome.json", () -> line.write("moved", 1))));
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.end().rows()).as("the moved row is read twice").isEqualTo(301);
    assertThat(line.differences()).isEmpty();
  }

  private static Line sliced() {
    Line line = Bench.shared().line("slice_rows: 100", "parallel_slices: 1");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    return line;
  }
}
