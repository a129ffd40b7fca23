package io.deltaferry.localgcp.pubsub;

/**
 * How often a fault happens.
 *
 * @param probability of each occasion, 0 to 1
 * @param times after so many it stops
 */
public record Chance(double probability, int times) {
  public Chance {
    if (!(probability >= 0 && probability <= 1) || times < 0) {
      throw new IllegalArgumentException("a chance is 0 to 1, its times are not negative");
    }
  }

  /** Every time. */
  public static Chance always() {
    return of(1);
  }

  /** The next {@code times} occasions, then never again. */
  public static Chance next(int times) {
    return new Chance(1, times);
  }

  /** Each occasion with this probability, 0 to 1. */
  public static Chance of(double probability) {
    return new Chance(probability, Integer.MAX_VALUE);
  }
}
