package io.deltaferry.cli.doctor;

import java.util.List;

/**
 * What a look has found.
 *
 * @param found in a few words; holds no value of a row and no secret
 * @param remedies in the order in which they are to be done; none for what is in order
 */
public record Finding(State state, String found, List<Remedy> remedies) {
  public Finding {
    remedies = List.copyOf(remedies);
    if (state == State.MISSING && remedies.isEmpty()) {
      throw new IllegalArgumentException("what is missing has a remedy: " + found);
    }
  }

  public static Finding ok(String found) {
    return new Finding(State.OK, found, List.of());
  }

  public static Finding warning(String found, Remedy... remedies) {
    return new Finding(State.WARNING, found, List.of(remedies));
  }

  public static Finding missing(String found, Remedy... remedies) {
    return new Finding(State.MISSING, found, List.of(remedies));
  }

  public static Finding notChecked(String why, Remedy... remedies) {
    return new Finding(State.NOT_CHECKED, why, List.of(remedies));
  }
}
