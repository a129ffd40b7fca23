package io.deltaferry.plan;

import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.type.TypeMapping;
import java.util.HashSet;
import java.util.List;

/**
 * What a run makes of its target.
 *
 * @param nullable columns that may hold NULL, by the source's names
 * @param anew whether a new table takes the target's place, since its columns cannot become the
 *     source's
 */
public record PlannedTarget(List<String> nullable, boolean anew) {
  /** Of plans that say nothing about it. */
  static final PlannedTarget NONE = new PlannedTarget(List.of(), false);

  public PlannedTarget {
    nullable = List.copyOf(nullable);
  }

  /** What the run brings, to be compared with what the target has. */
  public SchemaDrift.Delta delta(List<TypeMapping> columns, List<String> key) {
    return new SchemaDrift.Delta(columns, key, new HashSet<>(nullable));
  }
}
