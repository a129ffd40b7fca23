package io.deltaferry.sql;

import io.deltaferry.type.BqType;
import io.deltaferry.type.BqType.Name;
import java.util.Optional;

/**
 * Numbers that outgrow a column's type: what BigQuery makes of the type in place, so that it holds
 * the old values and the new ones. It takes parameters only where there were some.
 */
final class Widening {
  private Widening() {}

  /** How many digits a number of that type has before and after the point. */
  private record Digits(int whole, int scale) {
    static Digits of(BqType type) {
      if (type.precision() > 0) {
        return new Digits(type.precision() - type.scale(), type.scale());
      }
      return switch (type.name()) {
        case INT64 -> new Digits(19, 0);
        case NUMERIC -> new Digits(29, 9);
        default -> new Digits(38, 38);
      };
    }

    boolean fitInto(Digits other) {
      return whole <= other.whole && scale <= other.scale;
    }
  }

  /** Whether the second type holds every number of the first. */
  static boolean fits(BqType from, BqType to) {
    return isExact(from)
        && isExact(to)
        && (to.name() != Name.INT64 || from.name() == Name.INT64)
        && Digits.of(from).fitInto(Digits.of(to));
  }

  /**
   * What the column's type becomes; empty where BigQuery would have to rewrite the table.
   *
   * @param from the type of the values to come
   * @param old the column's
   */
  static Optional<BqType> of(BqType from, BqType old) {
    if (from.equals(BqType.of(Name.FLOAT64)) && !old.repeated()) {
      return old.name() == Name.INT64 || old.name() == Name.NUMERIC
          ? Optional.of(BqType.of(Name.FLOAT64))
          : Optional.empty();
    }
    if (!isExact(from) || !isExact(old)) {
      return Optional.empty();
    }
    Name name = from.name().compareTo(old.name()) > 0 ? from.name() : old.name();
    return Optional.of(
        name == old.name() && old.precision() > 0 ? joined(from, old) : BqType.of(name));
  }

  private static BqType joined(BqType from, BqType old) {
    Digits one = Digits.of(from);
    Digits other = Digits.of(old);
    int whole = Math.max(one.whole(), other.whole());
    int scale = Math.max(one.scale(), other.scale());
    boolean declared = from.precision() > 0 || from.name() == Name.INT64;
    Digits most = Digits.of(BqType.of(old.name()));
    return declared && new Digits(whole, scale).fitInto(most)
        ? new BqType(old.name(), whole + scale, scale)
        : BqType.of(old.name());
  }

  /** In the order in which each holds the ones before it. */
  private static boolean isExact(BqType type) {
    return !type.repeated()
        && (type.name() == Name.INT64
            || type.name() == Name.NUMERIC
            || type.name() == Name.BIGNUMERIC);
  }
}
