package io.deltaferry.run;

import java.util.List;

/**
 * What became of a slice that could not be read in time: others have its rows.
 *
 * @param slice the slice's path in the plan
 * @param halves both of them, in order
 */
public record Split(String slice, List<Slice> halves) implements Outcome {
  public Split {
    halves = List.copyOf(halves);
  }
}
