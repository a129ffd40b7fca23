package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Slice;
import io.deltaferry.run.Split;
import io.deltaferry.sql.SliceRows;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Cuts a slice in two that was not read in time. */
final class CutSlice {
  private final Source source;

  CutSlice(Source source) {
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
      throw DeltaferryException.permanent(
          ErrorCode.SOURCE_TIMEOUT,
          tooSlow(plan, slice, "though it was halved " + Slice.DEEPEST + " times"));
    }
    List<SliceRows> halves = halvesInTime(plan, slice, budget).orElseThrow(() -> failure);
    return new Split(
        slice.path(),
        IntStream.range(0, halves.size())
            .mapToObj(number -> new Slice(Slice.half(slice.path(), number), halves.get(number)))
            .toList());
  }

  private Optional<List<SliceRows>> halvesInTime(RunPlan plan, Slice slice, Duration budget) {
    try {
      return source.halves(plan, slice, budget);
    } catch (DeltaferryException e) {
      if (e.code() != ErrorCode.SOURCE_TIMEOUT) {
        throw e;
      }
      throw new DeltaferryException(
          ErrorCode.SOURCE_TIMEOUT, tooSlow(plan, slice, "nor cut in two; it is tried again"), e);
    }
  }

  private static String tooSlow(RunPlan plan, Slice slice, String what) {
    return "slice %s of run %s is not read in time, %s. Create an index on (%s) of %s, or make the query faster"
        .formatted(
            slice.path(),
            plan.run(),
            what,
            plan.slicing().order().columns(),
            plan.source().deltaSource().describe());
  }
}
