package io.deltaferry.localgcp.pubsub;

/** The numeric limits that several fields share. */
final class Ranges {
  private static final long TEN_MINUTES = 600;
  private static final long THIRTY_ONE_DAYS = 31 * 86_400L;

  private Ranges() {}

  /**
   * @param field the name a refusal shows
   */
  static void require(String field, long value, long minimum, long maximum) {
    if (value < minimum || value > maximum) {
      throw Refusal.invalid(
          "Invalid %s: %d. It must be between %d and %d."
              .formatted(field, value, minimum, maximum));
    }
  }

  static void requireRetention(long seconds) {
    require("message_retention_duration (seconds)", seconds, TEN_MINUTES, THIRTY_ONE_DAYS);
  }
}
