package io.deltaferry.cli.plan;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.extractor.RunPreview;
import io.deltaferry.run.Warehouse;
import io.deltaferry.sql.Statement;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What BigQuery would read of a target to merge a delta into it.
 *
 * @param bytes null where nobody knows
 * @param sentence the same for a person, or why nobody knows
 */
public record MergeCost(@Nullable Long bytes, String sentence) {
  /** Asks BigQuery, which looks at the statement and does not run it. */
  public static MergeCost of(RunPreview.Seen seen, Warehouse warehouse) {
    if (seen.target() == null) {
      return new MergeCost(0L, "the target is a new one; BigQuery reads the delta alone");
    }
    if (seen.plan().shape().anew()) {
      return new MergeCost(0L, "a new table is filled; BigQuery reads the delta alone");
    }
    Optional<Statement> change = new RunStatements(seen).change();
    return change
        .map(statement -> asked(statement, warehouse))
        .orElseGet(
            () ->
                new MergeCost(
                    null, "BigQuery can say what it reads once the target has its new columns"));
  }

  private static MergeCost asked(Statement change, Warehouse warehouse) {
    try {
      long bytes = warehouse.dryRun(change);
      return new MergeCost(
          bytes,
          String.format(
              Locale.ROOT, "BigQuery reads %,d bytes of the target, and the delta", bytes));
    } catch (DeltaferryException refused) {
      return new MergeCost(null, "BigQuery does not say what it reads: " + refused.getMessage());
    }
  }
}
