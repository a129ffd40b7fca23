package io.deltaferry.sql;

import org.jspecify.annotations.Nullable;

/**
 * What a slice adds to the statements of its run.
 *
 * @param order by which ranges are meant; null when there are none
 * @param snapshot stands in every row; null when the run is read in one snapshot
 * @param asksHigh whether the largest cursor is to be looked for
 */
public record SliceQuery(
    SliceRows rows, @Nullable RowOrder order, @Nullable Long snapshot, boolean asksHigh) {}
