package io.deltaferry.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name a person probably meant. */
public final class NearestName {
  private NearestName() {}

  /**
   * The known name nearest to the given one by edit distance, ignoring case, or empty when none is
   * near: at most a third of the letters, and at least one, may differ.
   */
  public static Optional<String> of(String given, Collection<String> known) {
    String word = lower(given);
    int limit = Math.max(1, word.length() / 3);
    return known.stream()
        .filter(name -> distance(word, lower(name)) <= limit)
        .min(Comparator.comparingInt(name -> distance(word, lower(name))));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT).replace('-', '_');
  }

  /** Insertions, deletions, replacements and swaps of neighbours, one step each. */
  private static int distance(String from, String to) {
    int[] beforeLast = new int[to.length() + 1];
    int[] last = new int[to.length() + 1];
    for (int column = 0; column <= to.length(); column++) {
      last[column] = column;
    }
    for (int row = 1; row <= from.length(); row++) {
      int[] current = new int[to.length() + 1];
      current[0] = row;
      for (int column = 1; column <= to.length(); column++) {
        boolean same = from.charAt(row - 1) == to.charAt(column - 1);
        int best =
            Math.min(
                Math.min(current[column - 1], last[column]) + 1, last[column - 1] + (same ? 0 : 1));
        boolean swapped =
            row > 1
                && column > 1
                && from.charAt(row - 1) == to.charAt(column - 2)
                && from.charAt(row - 2) == to.charAt(column - 1);
        current[column] = swapped ? Math.min(best, beforeLast[column - 2] + 1) : best;
      }
      beforeLast = last;
      last = current;
    }
    return last[to.length()];
  }
}
