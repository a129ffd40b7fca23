package io.deltaferry.localgcp.pubsub;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a sorted list; the token is the name of the last element shown.
 *
 * @param nextToken empty on the last page
 */
record Page<T>(List<T> items, String nextToken) {
  private static final int DEFAULT_SIZE = 1_000;

  Page {
    items = List.copyOf(items);
  }

  /**
   * @param sorted by {@code name}, ascending
   */
  static <T> Page<T> of(List<T> sorted, Function<T, String> name, int size, String token) {
    List<T> rest = sorted.stream().filter(one -> name.apply(one).compareTo(token) > 0).toList();
    int limit = size <= 0 || size > DEFAULT_SIZE ? DEFAULT_SIZE : size;
    if (rest.size() <= limit) {
      return new Page<>(rest, "");
    }
    List<T> items = rest.subList(0, limit);
    return new Page<>(items, name.apply(items.get(limit - 1)));
  }
}
