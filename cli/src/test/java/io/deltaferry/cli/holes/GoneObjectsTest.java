package io.deltaferry.cli.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.cloud.storage.Blob;
import com.google.cloud.storage.Storage.BlobListOption;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ObjectNames;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Objects of a live run are deleted, as lifecycle rules do which are too short. */
@Timeout(180)
class GoneObjectsTest {
  @Test
  void thePartsBeforeTheLoad() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    delete(line, ObjectNames.PARTS + line.table + "/");
    assertEnds(
        line, Bus.To.LOADER, "00000 is missing", "lifecycle rule", "ask for the table again");
  }

  /** They have done their part. */
  @Test
  void thePartsBeforeTheMerge() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.LOADER));
    delete(line, ObjectNames.PARTS + line.table + "/");
    line.deliver(line.instance());
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
  }

  @Test
  void theControlObjectsBeforeTheLoad() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    delete(line, ObjectNames.controlPrefix(line.table));
    assertEnds(line, Bus.To.LOADER, "plan.json is missing", "lifecycle rule");
  }

  @Test
  void theControlObjectsBeforeTheMerge() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.LOADER));
    delete(line, ObjectNames.controlPrefix(line.table));
    assertEnds(line, Bus.To.MERGER, "plan.json is missing", "lifecycle rule");
  }

  /** The rows are read, and the run they were read for is not there any more. */
  @Test
  void theControlObjectsWithinAnExtraction() {
    Line line = requested();
    line.instance()
        .store(
            Moment.beforeObject(
                "outcome.json", () -> delete(line, ObjectNames.controlPrefix(line.table))))
        .take(line.bus.next(Bus.To.EXTRACTOR));
    assertEnds(line, Bus.To.LOADER, "plan.json is missing", "lifecycle rule");
  }

  /** There is nothing to be done, and nothing comes again. */
  @Test
  void theControlObjectsBeforeASlice() {
    Line line = Bench.shared().line("slice_rows: 100");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    delete(line, ObjectNames.controlPrefix(line.table));
    line.deliver(line.instance());
    assertThat(line.bus.ends()).isEmpty();
    assertThat(line.isStaged(1)).isFalse();
    assertSyncs(line);
  }

  /** The next run gets the number of one whose rows lie in a temp table. */
  @Test
  void everythingBeforeTheMerge() {
    Line line = requested();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance().take(line.bus.next(Bus.To.LOADER));
    line.bus.lose();
    line.bench
        .storage
        .list(Bench.BUCKET)
        .streamAll()
        .filter(object -> object.getName().contains("/" + line.table + "/"))
        .forEach(Blob::delete);
    line.write("w", 1, 4);
    assertSyncs(line);
  }

  /** What the slice leaves is all there is of its run, and must not stand in the way of others. */
  @Test
  void theControlObjectsWithinASlice() {
    Line line = Bench.shared().line("slice_rows: 100", "parallel_slices: 1");
    line.bench.postgres.run(
        "INSERT INTO public.%s (id, v) SELECT n, 'v' FROM generate_series(1, 300) n"
            .formatted(line.table),
        "ANALYZE public." + line.table);
    line.request();
    line.instance().take(line.bus.next(Bus.To.EXTRACTOR));
    line.instance()
        .store(
            Moment.beforeObject(
                "outcome.json", () -> delete(line, ObjectNames.controlPrefix(line.table))))
        .take(line.bus.next(Bus.To.EXTRACTOR));
    assertEnds(line, Bus.To.EXTRACTOR, "plan.json is missing", "Ask for the table again");
  }

  private static Line requested() {
    Line line = Bench.shared().line();
    line.write("v", 1, 2, 3);
    line.request();
    return line;
  }

  /** The event fails for good with these words, its run ends, and the next one brings all rows. */
  private static void assertEnds(Line line, Bus.To stage, String... words) {
    Bus.Delivery delivery = line.bus.next(stage);
    assertThatThrownBy(() -> line.instance().take(delivery))
        .asInstanceOf(InstanceOfAssertFactories.type(DeltaferryException.class))
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo(ErrorKind.PERMANENT);
              assertThat(failure.getMessage()).contains(words);
            });
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.FAILED);
    assertSyncs(line);
  }

  private static void assertSyncs(Line line) {
    line.sync();
    assertThat(line.end().outcome()).isEqualTo(SyncOutcome.COMPLETED);
    assertThat(line.differences()).isEmpty();
  }

  private static void delete(Line line, String prefix) {
    line.bench
        .storage
        .list(Bench.BUCKET, BlobListOption.prefix(prefix))
        .streamAll()
        .forEach(Blob::delete);
  }
}
