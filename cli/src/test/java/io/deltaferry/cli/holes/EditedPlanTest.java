package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.BlobInfo;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ObjectNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A person edits the plan of a live run, so that it would leave rows out. */
@Timeout(180)
class EditedPlanTest {
  @Test
  void beforeItsRequestComesAgain() {
    Line line = requested();
    Bus.Delivery request = line.bus.next(Bus.To.EXTRACTOR);
    try {
      line.instance().store(Moment.afterObject("plan.json", Moment.DEATH)).take(request);
    } catch (Moment.Death died) {
      edit(line, "id > 1");
    }
    assertRefused(line, request);
  }

  @Test
  void beforeASlice() {
    Line line = Bench.shared().line("slice_rows: 100");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    edit(line, "id > 1");
    assertRefused(line, line.bus.next(Bus.To.EXTRACTOR));
  }

  @Test
  void beforeTheLoad() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    edit(line, "id > 1");
    assertRefused(line, line.bus.next(Bus.To.LOADER));
  }

  @Test
  void beforeTheMerge() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.LOADER));
    edit(line, "id > 1");
    assertRefused(line, line.bus.next(Bus.To.MERGER));
  }

  /** A run that takes over might go by it. */
  @Test
  void beforeItIsAdopted() {
    Line line = Bench.shared().line("slice_rows: 100", "run_expiry: 1m", "parallel_slices: 1");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.bus.lose();
    edit(line, "id < 300");
    line.bench.clock.forward(Duration.ofMinutes(2));
    line.sync();
    assertThat(line.end().seq()).isEqualTo(2);
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
  }

  private static Line requested() {
    Line line = Bench.shared().line();
    line.write("v", 1, 2, 3);
    line.request();
    return line;
  }

  /** The failure is final and names the object, its run ends, and the next one brings all rows. */
  private static void assertRefused(Line line, Bus.Delivery delivery) {
    DeltaferryException failure =
        catchThrowableOfType(DeltaferryException.class, () -> line.instance().take(delivery));
    assertThat(failure).isNotNull();
    assertThat(failure.code()).isEqualTo(ErrorCode.STAGING_CORRUPT);
    assertThat(failure.kind()).isEqualTo(ErrorKind.PERMANENT);
    assertThat(failure)
        .hasMessageContaining(ObjectNames.plan(line.run(1)))
        .hasMessageContaining("changed by hand")
        .hasMessageContaining("Ask for the table again");
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    line.bus.lose();
    line.sync();
    assertThat(line.end().seq()).isEqualTo(2);
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
  }

  private static void edit(Line line, String filter) {
    Blob plan = line.bench.storage.get(Bench.BUCKET, ObjectNames.plan(line.run(1)));
    String text = new String(plan.getContent(), StandardCharsets.UTF_8);
    String edited = text.replaceFirst("\"filter\" : null", "\"filter\" : \"" + filter + "\"");
    assertThat(edited).isNotEqualTo(text);
    line.bench.storage.create(
        BlobInfo.newBuilder(Bench.BUCKET, plan.getName()).setMetadata(plan.getMetadata()).build(),
        edited.getBytes(StandardCharsets.UTF_8));
  }
}
