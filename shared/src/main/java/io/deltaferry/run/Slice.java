package io.deltaferry.run;

import io.deltaferry.sql.SliceRows;
import java.util.Arrays;
import java.util.Comparator;

/**
 * A disjoint part of a run's rows.
 *
 * @param path its number in the plan, such as {@code 3}; {@code 3.0} and {@code 3.1} for its halves
 */
public record Slice(String path, SliceRows rows) {
  /** By number, halves where the whole stood. */
  public static final Comparator<String> BY_PATH =
      Comparator.comparing(Slice::numbers, Arrays::compare);

  /** How often a slice can be halved. */
  public static final int DEEPEST = 6;

  /** The path of the only slice of a small delta. */
  public static final String ONLY = "0";

  private static final String PATH = "[0-9]{1,6}(\\.[01]){0," + DEEPEST + "}";

  public Slice {
    if (!isPath(path)) {
      throw new IllegalArgumentException("not the path of a slice");
    }
  }

  /** Whether this names a slice. */
  public static boolean isPath(String text) {
    return text.matches(PATH);
  }

  /** The path of one of the slice's halves, 0 or 1. */
  public static String half(String path, int number) {
    return path + "." + number;
  }

  /** How often the slice of the plan was halved before this one came out. */
  public static int depth(String path) {
    return (int) path.chars().filter(sign -> sign == '.').count();
  }

  /** The number in the plan. */
  public static int number(String path) {
    return Integer.parseInt(path.split("\\.", 2)[0]);
  }

  private static int[] numbers(String path) {
    return Arrays.stream(path.split("\\.")).mapToInt(Integer::parseInt).toArray();
  }
}
