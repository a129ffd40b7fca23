package io.deltaferry.cli.plan;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.extractor.RunPreview.Seen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table and what its next run would do.
 *
 * @param seen null when a run would be refused
 * @param cost of the merge; null when a run would be refused
 * @param refusal why it would be; null otherwise
 * @param missing what a look with the caller's own eyes finds missing, a line each
 */
public record PlannedTable(
    String table,
    @Nullable Seen seen,
    @Nullable MergeCost cost,
    @Nullable DeltaferryException refusal,
    List<String> missing) {
  public PlannedTable {
    missing = List.copyOf(missing);
  }

  /** Whether the next run can do what is shown. */
  public boolean works() {
    return refusal == null && missing.isEmpty();
  }
}
