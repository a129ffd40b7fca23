package io.deltaferry.type;

import org.jspecify.annotations.Nullable;

/**
 * One row of the mapping table.
 *
 * @param staged the type that is loaded; another than the target's where the merge makes that of it
 * @param select what is selected when nothing is lost, over {c}
 * @param text PostgreSQL's exact text of the value, for policy STRING
 */
record Rule(BqType target, BqType staged, String select, String text, @Nullable Loss loss) {
  Rule(BqType target, String select, String text, @Nullable Loss loss) {
    this(target, target, select, text, loss);
  }

  static Rule of(BqType.Name target, String select) {
    return new Rule(BqType.of(target), select, "{c}", null);
  }

  static Rule plain(BqType.Name target) {
    return of(target, "{c}");
  }

  Rule losing(Loss possible) {
    return new Rule(target, staged, select, text, possible);
  }

  /** Whether the column becomes text, which holds everything. */
  boolean isText() {
    return target.equals(BqType.of(BqType.Name.STRING));
  }

  /** The same values, cast to another type by the merge. */
  Rule mergedAs(BqType other) {
    return new Rule(other, staged, select, text, loss);
  }

  /**
   * The same values as their exact text; nothing is lost. What would have been is counted, where
   * looking for it is cheap: numbers inside of JSON are not looked for.
   */
  Rule asString() {
    Loss counted = loss == null || loss.kind() == Loss.Kind.JSON ? null : loss;
    return new Rule(BqType.of(BqType.Name.STRING), text, text, counted);
  }

  /** JSON made by an expression; its text as a STRING is the same JSON. */
  static Rule json(String expression, boolean wideNumbers) {
    return new Rule(
        BqType.of(BqType.Name.JSON),
        expression,
        expression,
        wideNumbers ? JsonNumbers.of(expression) : null);
  }
}
