package io.deltaferry.table;

import io.deltaferry.config.Section;
import org.jspecify.annotations.Nullable;

/**
 * How the history of a table is filled.
 *
 * @param column whose date or time says to which period a row belongs; null for the cursor
 * @param period how long a period is
 * @param order which period is first, of a request that does not say
 */
public record BackfillSettings(@Nullable String column, PeriodLength period, PeriodOrder order) {
  public static final BackfillSettings BUILT_IN =
      new BackfillSettings(null, PeriodLength.DAY, PeriodOrder.NEWEST);

  /** The settings of the section's group, each falling back to the given ones. */
  static BackfillSettings read(Section section, BackfillSettings fallback) {
    Section group = section.section("backfill").orElse(null);
    if (group == null) {
      return fallback;
    }
    group.refuseOthers(TableKeys.BACKFILL);
    return new BackfillSettings(
        group.text("column").flatMap(ColumnNames::one).orElse(fallback.column),
        group.text("period").flatMap(Words::periodLength).orElse(fallback.period),
        group.text("order").flatMap(Words::periodOrder).orElse(fallback.order));
  }
}
