package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Slice;
import io.deltaferry.run.Split;
import io.deltaferry.sql.RowOrder;
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
    RowOrder order = plan.slicing().order();
    if (order == null) {
      throw DeltaferryException.permanent(ErrorCode.SOURCE_TIMEOUT, tooLarge(plan));
    }
    if (Slice.depth(slice.path()) == Slice.DEEPEST) {
      throw DeltaferryException.permanent(
          ErrorCode.SOURCE_TIMEOUT,
          tooSlow(plan, slice, order, "though it was halved " + Slice.DEEPEST + " times"));
    }
    List<SliceRows> halves = halvesInTime(plan, slice, order, budget).orElseThrow(() -> failure);
    return new Split(
        slice.path(),
        IntStream.range(0, halves.size())
            .mapToObj(number -> new Slice(Slice.half(slice.path(), number), halves.get(number)))
            .toList());
  }

  private Optional<List<SliceRows>> halvesInTime(
      RunPlan plan, Slice slice, RowOrder order, Duration budget) {
    try {
      return source.halves(plan, slice, budget);
    } catch (DeltaferryException e) {
      if (e.code() != ErrorCode.SOURCE_TIMEOUT) {
        throw e;
      }
      throw new DeltaferryException(
          ErrorCode.SOURCE_TIMEOUT,
          tooSlow(plan, slice, order, "nor cut in two; it is tried again"),
          e);
    }
  }

  private static String tooLarge(RunPlan plan) {
    return "run %s reads all rows of %s in one snapshot, and not in time. Set `extract_in: job`, which has 24 hours%s"
        .formatted(
            plan.run(),
            plan.source().deltaSource().describe(),
            fuzzyHelps(plan)
                ? ", or `fuzzy: true` for slices by key that are read one after the other"
                : "");
  }

  /** Places show the key's values; and what reads keys is cut by them without being told. */
  private static boolean fuzzyHelps(RunPlan plan) {
    return switch (plan.mode()) {
      case RECONCILE, CHANGE_LOG -> false;
      case REPLACE, APPEND, INCREMENTAL, WINDOW, TEST, BACKFILL ->
          !plan.key().isEmpty() && plan.key().stream().allMatch(column -> isShown(plan, column));
    };
  }

  private static boolean isShown(RunPlan plan, String column) {
    return plan.columns().stream()
        .anyMatch(mapping -> mapping.column().equals(column) && !mapping.hashes());
  }

  private static String tooSlow(RunPlan plan, Slice slice, RowOrder order, String what) {
    return "slice %s of run %s is not read in time, %s. Create an index on (%s) of %s, or make the query faster"
        .formatted(
            slice.path(),
            plan.run(),
            what,
            order.columns(),
            plan.source().deltaSource().describe());
  }
}
