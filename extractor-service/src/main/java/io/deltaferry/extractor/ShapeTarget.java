package io.deltaferry.extractor;

import io.deltaferry.plan.PlannedTarget;
import io.deltaferry.plan.TargetLayouts;
import io.deltaferry.table.Comments;
import io.deltaferry.table.Partitioning;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableLayout;
import io.deltaferry.type.TypeMapping;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a target looks like that a run has to make. */
final class ShapeTarget {
  private static final Logger log = LoggerFactory.getLogger(ShapeTarget.class);

  /** Of a column's description in BigQuery. */
  private static final int LONGEST = 1_024;

  private final TableConfig table;
  private final Source.Planning source;

  ShapeTarget(TableConfig table, Source.Planning source) {
    this.table = table;
    this.source = source;
  }

  /**
   * The shape.
   *
   * @throws io.deltaferry.error.DeltaferryException as {@link TargetLayouts#of}
   */
  PlannedTarget shape(PlannedTarget columnsOnly, List<TypeMapping> columns, List<String> key) {
    TableLayout layout = TargetLayouts.of(table, columns, key);
    warn(table.shape().partitionBy(), columnsOnly.nullable());
    return new PlannedTarget(
        columnsOnly.nullable(),
        columnsOnly.anew(),
        columnsOnly.runId(),
        layout,
        table.shape().labels(),
        table.shape().descriptions() ? shortened(source.comments(), columns) : Comments.NONE,
        columnsOnly.deletion(),
        columnsOnly.view());
  }

  private void warn(@Nullable Partitioning by, List<String> nullable) {
    if (by != null && by.column() != null && nullable.contains(by.column())) {
      log.warn(
          "{} may be NULL: such rows of {} share the partition __NULL__",
          by.column(),
          table.target());
    }
  }

  /** A comment on a column that stays in the database stays there too. */
  private static Comments shortened(Comments all, List<TypeMapping> columns) {
    Map<String, String> kept = new HashMap<>();
    for (TypeMapping mapping : columns) {
      String comment = all.columns().get(mapping.column());
      if (comment != null) {
        kept.put(mapping.column(), comment.substring(0, Math.min(LONGEST, comment.length())));
      }
    }
    return new Comments(all.table(), kept);
  }
}
