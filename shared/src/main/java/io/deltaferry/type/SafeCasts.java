package io.deltaferry.type;

import java.util.EnumSet;
import java.util.Set;

/** Which of BigQuery's casts keep every value, or fail loudly. */
public final class SafeCasts {
  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_SCALE = 38;

  private SafeCasts() {}

  /** Whether CAST makes the one of the other and neither rounds nor cuts in silence. */
  public static boolean keepsValue(BqType from, BqType to) {
    if (from.repeated() != to.repeated()) {
      return false;
    }
    if (from.repeated() && from.name() == BqType.Name.BYTES) {
      // The elements are staged as base64, which is no text of theirs.
      return to.name() == BqType.Name.BYTES;
    }
    if (isDecimal(from.element()) && isDecimal(to.element())) {
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

  /** Whether it is NUMERIC or BIGNUMERIC, and no array. */
  public static boolean isDecimal(BqType type) {
    return !type.repeated()
        && (type.name() == BqType.Name.NUMERIC || type.name() == BqType.Name.BIGNUMERIC);
  }

  private static int scale(BqType type) {
    if (type.precision() > 0) {
      return type.scale();
    }
    return type.name() == BqType.Name.NUMERIC ? NUMERIC_SCALE : BIGNUMERIC_SCALE;
  }
}
