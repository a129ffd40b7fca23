package io.deltaferry.localgcp.bigquery.rest;

import io.deltaferry.localgcp.http.GoogleError;
import io.deltaferry.localgcp.http.HttpCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param next the token that asks for what follows, null at the end
 */
record Page<T>(List<T> items, @Nullable String next) {
  Page {
    items = List.copyOf(items);
  }

  /** Cuts the list as the call's {@code maxResults} and {@code pageToken} ask. */
  static <T> Page<T> of(List<T> all, HttpCall call, int byDefault) {
    int from = (int) Math.min(start(call), all.size());
    int to = from + (int) Math.min(all.size() - from, number(call, "maxResults", byDefault));
    return new Page<>(all.subList(from, to), to < all.size() ? String.valueOf(to) : null);
  }

  /** The position the call's page token stands for; 0 without one. */
  static long start(HttpCall call) {
    return number(call, "pageToken", 0);
  }

  /**
   * A number of the query string.
   *
   * @throws GoogleError invalid for anything but a whole number from 0
   */
  static long number(HttpCall call, String name, long byDefault) {
    String text = call.query(name).orElse("");
    try {
      long value = text.isEmpty() ? byDefault : Long.parseLong(text);
      if (value >= 0) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Refused below, as a negative number is.
    }
    throw GoogleError.invalid("Invalid value for " + name + ": " + text);
  }
}
