package io.deltaferry.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.deltaferry.config.DurationText;
import io.deltaferry.table.MaxDeletes;
import io.deltaferry.table.PeriodOrder;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The fields of a request that say more than table and mode. */
final class RunOptionFields {
  static final String FROM = "from";
  static final String TO = "to";
  static final String LAST = "last";
  static final String EXECUTION_DATE = "execution_date";
  static final String MAX_DELETES = "max_deletes";

  static final String ROWS = "rows";
  static final String ORDER = "order";
  static final String AFTER = "after";
  static final String STOP = "stop";

  static final List<String> ALL =
      List.of(FROM, TO, LAST, EXECUTION_DATE, ROWS, ORDER, AFTER, STOP, MAX_DELETES);

  private RunOptionFields() {}

  static RunOptions read(JsonFields fields) {
    RunOptions options =
        new RunOptions(
            fields.optionalText(FROM).orElse(null),
            fields.optionalText(TO).orElse(null),
            fields.optionalText(LAST).map(RunOptionFields::duration).orElse(null),
            fields.optionalInstant(EXECUTION_DATE).orElse(null),
            fields.has(ROWS) ? fields.numberText(ROWS) : null,
            backfill(fields),
            fields.optionalText(MAX_DELETES).map(RunOptionFields::maxDeletes).orElse(null));
    if (options.last() != null && (options.from() != null || options.to() != null)) {
      throw JsonFields.invalid("a window has 'from' and 'to', or 'last'; not both");
    }
    if (options.executionDate() != null && options.last() == null) {
      throw JsonFields.invalid("'execution_date' is where the window of 'last' ends; it needs one");
    }
    return options;
  }

  static void write(RunOptions options, ObjectNode json) {
    options.texts().forEach(json::put);
    BackfillOptions backfill = options.backfill();
    if (backfill != null && backfill.after() != null) {
      json.put(AFTER, backfill.after());
    }
    if (backfill != null && backfill.stop()) {
      json.put(STOP, true);
    }
  }

  private static @Nullable BackfillOptions backfill(JsonFields fields) {
    PeriodOrder order = fields.optionalText(ORDER).map(RunOptionFields::order).orElse(null);
    Long after = fields.has(AFTER) ? fields.number(AFTER, 1) : null;
    boolean stop = fields.optionalFlag(STOP).orElse(false);
    return order == null && after == null && !stop ? null : new BackfillOptions(order, after, stop);
  }

  private static PeriodOrder order(String word) {
    return PeriodOrder.of(word)
        .orElseThrow(
            () ->
                JsonFields.invalid("'order' is none of " + String.join(", ", PeriodOrder.words())));
  }

  private static MaxDeletes maxDeletes(String text) {
    try {
      return MaxDeletes.parse(text);
    } catch (IllegalArgumentException refused) {
      throw JsonFields.invalid("'max_deletes' " + refused.getMessage());
    }
  }

  private static Duration duration(String text) {
    try {
      Duration last = DurationText.parse(text);
      if (!last.isZero()) {
        return last;
      }
    } catch (IllegalArgumentException refused) {
      throw JsonFields.invalid("'last' " + refused.getMessage());
    }
    throw JsonFields.invalid("'last' must be longer than nothing, as in 6h or 2d");
  }
}
