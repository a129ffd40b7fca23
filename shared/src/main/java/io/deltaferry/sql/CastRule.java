package io.deltaferry.sql;

import io.deltaferry.type.BqType;
import io.deltaferry.type.SafeCasts;
import java.util.Optional;

/**
 * How a delta's column reaches a target column of another type. Only casts that keep the value or
 * fail loudly are offered; one that would round or cut in silence is not.
 */
final class CastRule {
  private CastRule() {}

  /**
   * The expression for the target, or nothing when there is no such cast.
   *
   * @param expression of type {@code from}
   */
  static Optional<String> apply(String expression, BqType from, BqType to) {
    if (from.equals(to)) {
      return Optional.of(expression);
    }
    if (from.name() == BqType.Name.JSON && to.equals(BqType.of(BqType.Name.STRING))) {
      // TO_JSON_STRING makes the text 'null' of NULL.
      return Optional.of("IF(%1$s IS NULL, NULL, TO_JSON_STRING(%1$s))".formatted(expression));
    }
    return SafeCasts.keepsValue(from, to)
        ? Optional.of("CAST(" + expression + " AS " + to.sql() + ")")
        : Optional.empty();
  }

  /** Whether there is such a cast, and every value passes it. */
  static boolean isSure(BqType from, BqType to) {
    if (SafeCasts.isDecimal(to.element())) {
      return from.repeated() == to.repeated() && Widening.fits(from.element(), to.element());
    }
    boolean refusesSome = from.name() == BqType.Name.STRING || from.name() == BqType.Name.BYTES;
    return apply("", from, to).isPresent() && (!refusesSome || from.name() == to.name());
  }

  /**
   * The array that a JSON array of texts stands for, in its order; NULL becomes the empty one,
   * which is all that BigQuery keeps of it.
   *
   * @param expression of type JSON
   * @param staged the elements' type as PostgreSQL wrote their texts
   * @param to the elements' type in the target
   */
  static Optional<String> array(String expression, BqType staged, BqType to) {
    if (!staged.equals(to) && !SafeCasts.keepsValue(staged.array(), to.array())) {
      return Optional.empty();
    }
    String text = "df_item";
    String item =
        switch (to.name()) {
          case STRING -> text;
          case BYTES -> "FROM_BASE64(" + text + ")";
          default -> "CAST(" + text + " AS " + to.name() + ")";
        };
    return Optional.of(
        "ARRAY(SELECT %s FROM UNNEST(JSON_VALUE_ARRAY(%s)) AS df_item WITH OFFSET AS df_at ORDER BY df_at)"
            .formatted(item, expression));
  }
}
