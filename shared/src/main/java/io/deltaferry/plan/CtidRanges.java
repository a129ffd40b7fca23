package io.deltaferry.plan;

import io.deltaferry.run.Slice;
import io.deltaferry.sql.LeafSize;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.sql.SliceRows.CtidRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Slices of blocks of the tables that hold the rows, for copies of everything: they need no index
 * and no sorting. The first and the last of a table are open-ended, since it grows meanwhile.
 */
public final class CtidRanges {
  private CtidRanges() {}

  /** Slices of about so many rows; a table without rows has one too, since it may get some. */
  public static List<Slice> slices(List<LeafSize> leaves, long rowsPerSlice) {
    List<Slice> slices = new ArrayList<>();
    for (LeafSize leaf : leaves) {
      long pieces = Math.max(1, Math.min(leaf.blocks(), ceil(leaf.rows(), rowsPerSlice)));
      long step = Math.max(1, ceil(leaf.blocks(), pieces));
      for (long from = 0; from == 0 || from < leaf.blocks(); from += step) {
        boolean last = from + step >= leaf.blocks();
        CtidRange range = range(leaf, from == 0 ? null : from, last ? null : from + step);
        slices.add(new Slice(Integer.toString(slices.size()), range));
      }
    }
    return slices;
  }

  /**
   * Two halves; empty when there is only one block.
   *
   * @param blocks the table's size now
   */
  public static Optional<List<SliceRows>> halves(CtidRange range, long blocks) {
    long from = range.from() == null ? 0 : range.from();
    long to = range.to() == null ? Math.max(blocks, from) : range.to();
    long middle = from + (to - from) / 2;
    return middle == from
        ? Optional.empty()
        : Optional.of(
            List.of(
                new CtidRange(range.schema(), range.table(), range.from(), middle),
                new CtidRange(range.schema(), range.table(), middle, range.to())));
  }

  private static CtidRange range(LeafSize leaf, @Nullable Long from, @Nullable Long to) {
    return new CtidRange(leaf.table().schema().name(), leaf.table().name().name(), from, to);
  }

  private static long ceil(long dividend, long divisor) {
    return (dividend + divisor - 1) / divisor;
  }
}
