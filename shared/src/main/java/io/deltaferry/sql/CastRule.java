package io.deltaferry.sql;

import io.deltaferry.type.BqType;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * How a delta's column reaches a target column of another type. Only casts that keep the value or
 * fail loudly are offered; one that would round or cut in silence is not.
 */
final class CastRule {
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;

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
    if (from.name() == BqType.Name.JSON && to.name() == BqType.Name.STRING) {
      // TO_JSON_STRING makes the text 'null' of NULL.
      return Optional.of("IF(%1$s IS NULL, NULL, TO_JSON_STRING(%1$s))".formatted(expression));
    }
    return keepsValue(from, to)
        ? Optional.of("CAST(" + expression + " AS " + to.sql() + ")")
        : Optional.empty();
  }

  /** Whether there is such a cast, and every value passes it. */
  static boolean isSure(BqType from, BqType to) {
    if (isDecimal(to)) {
      return Widening.fits(from, to);
    }
    boolean refusesSome = from.name() == BqType.Name.STRING || from.name() == BqType.Name.BYTES;
    return apply("", from, to).isPresent() && (!refusesSome || from.name() == to.name());
  }

  private static boolean keepsValue(BqType from, BqType to) {
    if (isDecimal(from) && isDecimal(to)) {
      return scale(to) >= scale(from);
    }
    return from.name() == to.name() || wider(from.name()).contains(to.name());
  }

  private static Set<BqType.Name> wider(BqType.Name from) {
    return switch (from) {
      case INT64 -> EnumSet.of(BqType.Name.NUMERIC, BqType.Name.BIGNUMERIC, BqType.Name.STRING);
      case NUMERIC, BIGNUMERIC, FLOAT64, BYTES, TIME, INTERVAL -> EnumSet.of(BqType.Name.STRING);
      case BOOL -> EnumSet.of(BqType.Name.INT64, BqType.Name.STRING);
      case DATE -> EnumSet.of(BqType.Name.DATETIME, BqType.Name.TIMESTAMP, BqType.Name.STRING);
      case DATETIME -> EnumSet.of(BqType.Name.TIMESTAMP, BqType.Name.STRING);
      case TIMESTAMP -> EnumSet.of(BqType.Name.DATETIME, BqType.Name.STRING);
      // A text that is no such value fails the statement; the digits of a decimal are rounded.
      case STRING ->
          EnumSet.of(
              BqType.Name.INT64,
              BqType.Name.BOOL,
              BqType.Name.DATE,
              BqType.Name.DATETIME,
              BqType.Name.TIMESTAMP,
              BqType.Name.TIME);
      case JSON, GEOGRAPHY -> EnumSet.noneOf(BqType.Name.class);
    };
  }

  private static boolean isDecimal(BqType type) {
    return type.name() == BqType.Name.NUMERIC || type.name() == BqType.Name.BIGNUMERIC;
  }

  private static int scale(BqType type) {
    if (type.precision() > 0) {
      return type.scale();
    }
    return type.name() == BqType.Name.NUMERIC ? NUMERIC_SCALE : BIGNUMERIC_SCALE;
  }
}
