package io.deltaferry.message;

import io.deltaferry.config.DurationText;
import java.time.Duration;
import java.util.List;

/** The fields of a request that say more than table and mode. */
final class RunOptionFields {
  static final String FROM = "from";
  static final String TO = "to";
  static final String LAST = "last";
  static final String EXECUTION_DATE = "execution_date";

  static final String ROWS = "rows";

  static final List<String> ALL = List.of(FROM, TO, LAST, EXECUTION_DATE, ROWS);

  private RunOptionFields() {}

  static RunOptions read(JsonFields fields) {
    RunOptions options =
        new RunOptions(
            fields.optionalText(FROM).orElse(null),
            fields.optionalText(TO).orElse(null),
            fields.optionalText(LAST).map(RunOptionFields::duration).orElse(null),
            fields.optionalInstant(EXECUTION_DATE).orElse(null),
            fields.has(ROWS) ? fields.numberText(ROWS) : null);
    if (options.last() != null && (options.from() != null || options.to() != null)) {
      throw JsonFields.invalid("a window has 'from' and 'to', or 'last'; not both");
    }
    if (options.executionDate() != null && options.last() == null) {
      throw JsonFields.invalid("'execution_date' is where the window of 'last' ends; it needs one");
    }
    return options;
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
