package io.deltaferry.table;

import io.deltaferry.type.ColumnNames;
import java.util.List;

/** Names that a table file gives to columns of a target. */
final class TargetColumns {
  /** Of the time of the upload, and of what tells that the source has lost a row. */
  private static final List<String> OWN = List.of("_uploaded_at", "_deleted", "_deleted_at");

  private TargetColumns() {}

  /**
   * The name of the column that says which run a row comes from.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static String runId(String name) {
    if (OWN.stream().anyMatch(name::equalsIgnoreCase)) {
      throw new IllegalArgumentException("is a name that Deltaferry uses itself");
    }
    ColumnNames.problem(name)
        .ifPresent(
            problem -> {
              throw new IllegalArgumentException(problem);
            });
    return name;
  }
}
