package io.deltaferry.type;

import org.jspecify.annotations.Nullable;

/**
 * What a table decides about one of its columns; null and false where it leaves that to the type.
 *
 * @param convert an SQL expression on the source's row that takes the column's place
 * @param rename the column's name in BigQuery
 * @param type BigQuery's type, of those that can hold the column's values
 * @param outOfRange what happens to a date or a time that BigQuery does not have
 * @param numericOverflow what happens to a number that its type cannot hold
 * @param jsonAsString whether JSON travels as its own text
 * @param repeated whether an array becomes an ARRAY
 * @param intervalKept whether an interval becomes an INTERVAL
 */
public record ColumnSettings(
    @Nullable String convert,
    @Nullable String rename,
    @Nullable BqType type,
    @Nullable LossPolicy outOfRange,
    @Nullable LossPolicy numericOverflow,
    boolean jsonAsString,
    boolean repeated,
    boolean intervalKept) {
  public static final ColumnSettings NONE =
      new ColumnSettings(null, null, null, null, null, false, false, false);

  /** Whether it says nothing of how values become BigQuery's, so that the type's own rule holds. */
  public boolean keepsTheType() {
    return new ColumnSettings(null, rename, null, null, null, false, false, false).equals(this);
  }

  /** Whether it decides on values that do not fit. */
  public boolean hasPolicy() {
    return outOfRange != null || numericOverflow != null;
  }
}
