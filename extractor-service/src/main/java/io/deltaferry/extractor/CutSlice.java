package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.CtidRanges;
import io.deltaferry.plan.KeysetRanges;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.PostgresSource;
import io.deltaferry.postgres.SliceReader;
import io.deltaferry.run.Slice;
import io.deltaferry.run.Split;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.sql.SlicingQuery;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Cuts a slice in two that was not read in time. */
final class CutSlice {
  private final PostgresSource source;

  CutSlice(PostgresSource source) {
    this.source = source;
  }

  /**
   * The halves.
   *
   * @param budget for finding them
   * @param failure why the slice was not read
   * @throws DeltaferryException SOURCE_TIMEOUT: PERMANENT when the slice was cut too often; the
   *     given one when it has too few rows to be cut
   */
  Split cut(RunPlan plan, Slice slice, Duration budget, DeltaferryException failure) {
    if (Slice.depth(slice.path()) == Slice.DEEPEST) {
      throw tooSlow(plan, slice);
    }
    List<SliceRows> halves = halves(plan, slice, budget).orElseThrow(() -> failure);
    return new Split(
        slice.path(),
        IntStream.range(0, halves.size())
            .mapToObj(number -> new Slice(Slice.half(slice.path(), number), halves.get(number)))
            .toList());
  }

  private Optional<List<SliceRows>> halves(RunPlan plan, Slice slice, Duration budget) {
    try (PostgresSession session = source.open(budget)) {
      SliceReader reader = new SliceReader(session);
      if (slice.rows() instanceof SliceRows.CtidRange range) {
        PgTable leaf = PgTable.of(range.schema(), range.table());
        return CtidRanges.halves(range, reader.blocks(leaf));
      }
      session.beginSnapshot(null);
      return reader
          .middle(new SlicingQuery(plan.query(slice, 0), plan.slicing().order()))
          .flatMap(middle -> KeysetRanges.halves(slice.rows(), middle));
    }
  }

  private static DeltaferryException tooSlow(RunPlan plan, Slice slice) {
    return DeltaferryException.permanent(
        ErrorCode.SOURCE_TIMEOUT,
        "slice "
            + slice.path()
            + " of run "
            + plan.run()
            + " is not read in time, though it was halved "
            + Slice.DEEPEST
            + " times. Create an index on ("
            + plan.slicing().order().columns()
            + ") of "
            + plan.source().deltaSource().describe()
            + ", or make the query faster");
  }
}
