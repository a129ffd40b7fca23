package io.deltaferry.table;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * By what a table is partitioned.
 *
 * @param column null for the time of ingestion, which no target of ours has
 * @param granularity of time; null for ranges
 * @param range of whole numbers; null for time
 */
public record Partitioning(
    @Nullable String column, @Nullable Granularity granularity, @Nullable Range range) {
  public Partitioning {
    if ((granularity == null) == (range == null)) {
      throw new IllegalArgumentException("a table is partitioned by time or by ranges");
    }
  }

  /** By the days of a column. */
  public static Partitioning daily(String column) {
    return new Partitioning(column, Granularity.DAY, null);
  }

  /** How long a partition is. */
  public enum Granularity {
    HOUR,
    DAY,
    MONTH,
    YEAR;

    /** In table files. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Partitions of whole numbers.
   *
   * @param start of the first one
   * @param end is above the last one
   */
  public record Range(long start, long end, long interval) {}
}
