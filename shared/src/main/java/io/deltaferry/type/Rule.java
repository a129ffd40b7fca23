package io.deltaferry.type;

import org.jspecify.annotations.Nullable;

/**
 * One row of the mapping table.
 *
 * @param select what is selected when nothing is lost, over {c}
 * @param text PostgreSQL's exact text of the value, for policy STRING
 */
record Rule(BqType target, String select, String text, @Nullable Loss loss) {
  static Rule of(BqType.Name target, String select) {
    return new Rule(BqType.of(target), select, "{c}", null);
  }

  static Rule plain(BqType.Name target) {
    return of(target, "{c}");
  }

  Rule losing(Loss possible) {
    return new Rule(target, select, text, possible);
  }

  /** The same values as their exact text; nothing is lost. */
  Rule asString() {
    return new Rule(BqType.of(BqType.Name.STRING), text, text, null);
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
