package io.deltaferry.table;

import java.util.List;

/**
 * How the table file wants a large run to be cut.
 *
 * @param rows from how many on, and about how many a slice has
 * @param parallel how many slices of a run are read at a time
 * @param conditions written by the user: each row satisfies exactly one; empty when none are given
 */
public record SliceConfig(long rows, int parallel, List<String> conditions) {
  /** So many that the objects of a run fit one listing; the slices of a larger run are larger. */
  public static final int MOST = 400;

  public SliceConfig {
    conditions = List.copyOf(conditions);
  }
}
