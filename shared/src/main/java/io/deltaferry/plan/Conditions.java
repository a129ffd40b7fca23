package io.deltaferry.plan;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.SliceRows.Condition;
import java.util.List;
import java.util.stream.IntStream;

/** Slices by conditions of the table file. */
public final class Conditions {
  private Conditions() {}

  /** A slice for each. */
  public static List<Slice> slices(List<String> conditions) {
    return IntStream.range(0, conditions.size())
        .mapToObj(
            number ->
                new Slice(
                    Integer.toString(number), new Condition(conditions.get(number), null, null)))
        .toList();
  }

  /**
   * Refuses conditions that leave rows out or have them twice.
   *
   * @param none how many rows satisfy none
   * @param several how many satisfy more than one
   * @throws DeltaferryException SLICES_INVALID with the numbers
   */
  public static void prove(String table, long none, long several) {
    if (none > 0 || several > 0) {
      throw new DeltaferryException(
          ErrorCode.SLICES_INVALID,
          "tables."
              + table
              + ".slices: "
              + none
              + " rows satisfy none of the conditions, and "
              + several
              + " rows more than one; each row must satisfy exactly one. Mind NULL, for which a"
              + " comparison is neither true nor false");
    }
  }
}
