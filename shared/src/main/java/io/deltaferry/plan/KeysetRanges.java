package io.deltaferry.plan;

import io.deltaferry.run.Slice;
import io.deltaferry.sql.Place;
import io.deltaferry.sql.SliceRows;
import io.deltaferry.sql.SliceRows.KeysetRange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Slices between places in the order of cursor and key; the first and the last are open-ended. */
public final class KeysetRanges {
  private KeysetRanges() {}

  /**
   * One slice more than there are boundaries.
   *
   * @param boundaries in order
   */
  public static List<Slice> slices(List<Place> boundaries) {
    List<Slice> slices = new ArrayList<>();
    Place from = null;
    for (Place boundary : boundaries) {
      slices.add(slice(slices.size(), from, boundary));
      from = boundary;
    }
    slices.add(slice(slices.size(), from, null));
    return slices;
  }

  /** The rows below a place within these rows, and those from it on; empty for ranges of blocks. */
  public static Optional<List<SliceRows>> halves(SliceRows rows, Place middle) {
    if (rows instanceof KeysetRange range) {
      return Optional.of(
          List.of(new KeysetRange(range.from(), middle), new KeysetRange(middle, range.to())));
    }
    if (rows instanceof SliceRows.Condition condition) {
      return Optional.of(
          List.of(
              new SliceRows.Condition(condition.sql(), condition.from(), middle),
              new SliceRows.Condition(condition.sql(), middle, condition.to())));
    }
    return rows instanceof SliceRows.Whole
        ? halves(new KeysetRange(null, null), middle)
        : Optional.empty();
  }

  private static Slice slice(int number, @Nullable Place from, @Nullable Place to) {
    return new Slice(Integer.toString(number), new KeysetRange(from, to));
  }
}
