package io.deltaferry.message;

import io.deltaferry.table.PeriodOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of a backfill.
 *
 * @param order which period is first; null for the table's own order
 * @param after the run whose backfill it goes on with; null begins one
 * @param stop begin no further period of those that are asked for
 */
public record BackfillOptions(@Nullable PeriodOrder order, @Nullable Long after, boolean stop) {
  /** A request that stops what is asked for. */
  public static final BackfillOptions STOP = new BackfillOptions(null, null, true);

  /**
   * Goes on where that run left off.
   *
   * @param asked what asked for that run; the order counts where the rest is compared anew
   */
  public static BackfillOptions after(@Nullable BackfillOptions asked, long run) {
    return new BackfillOptions(asked == null ? null : asked.order(), run, false);
  }

  /** By the names of the message's fields, as text. */
  Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    if (order != null) {
      texts.put(RunOptionFields.ORDER, order.word());
    }
    if (after != null) {
      texts.put(RunOptionFields.AFTER, after.toString());
    }
    if (stop) {
      texts.put(RunOptionFields.STOP, "true");
    }
    return texts;
  }
}
