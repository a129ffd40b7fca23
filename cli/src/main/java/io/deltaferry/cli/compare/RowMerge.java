package io.deltaferry.cli.compare;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Walks two row streams in key order side by side and counts what differs. */
final class RowMerge {
  private final List<ComparedColumn> columns;
  private final KeyOrder order;
  private final Map<String, Long> differentByColumn = new LinkedHashMap<>();
  private long sourceRows;
  private long targetRows;
  private long missing;
  private long extra;
  private long different;

  RowMerge(List<ComparedColumn> columns, KeyOrder order) {
    this.columns = List.copyOf(columns);
    this.order = order;
  }

  /**
   * Counts; memory is that of two rows.
   *
   * @throws IllegalStateException when a side is not in strict key order
   */
  void run(Iterator<CanonicalRow> sources, Iterator<CanonicalRow> targets) {
    CanonicalRow source = next(sources, null, "PostgreSQL");
    CanonicalRow target = next(targets, null, "BigQuery");
    while (source != null || target != null) {
      int side = side(source, target);
      if (side < 0) {
        missing++;
      } else if (side > 0) {
        extra++;
      } else if (source != null && target != null) {
        compareCells(source, target);
      }
      if (side <= 0) {
        sourceRows++;
        source = next(sources, source, "PostgreSQL");
      }
      if (side >= 0) {
        targetRows++;
        target = next(targets, target, "BigQuery");
      }
    }
  }

  TableComparison result(List<String> missingColumns, long clamped) {
    return new TableComparison(
        sourceRows,
        targetRows,
        missing,
        extra,
        different,
        differentByColumn,
        missingColumns,
        clamped);
  }

  private int side(@Nullable CanonicalRow source, @Nullable CanonicalRow target) {
    if (source == null) {
      return 1;
    }
    return target == null ? -1 : Integer.signum(order.compare(source, target));
  }

  private void compareCells(CanonicalRow source, CanonicalRow target) {
    boolean same = true;
    for (int i = 0; i < columns.size(); i++) {
      if (!Objects.equals(source.cells().get(i), target.cells().get(i))) {
        differentByColumn.merge(columns.get(i).name(), 1L, Long::sum);
        same = false;
      }
    }
    different += same ? 0 : 1;
  }

  private @Nullable CanonicalRow next(
      Iterator<CanonicalRow> rows, @Nullable CanonicalRow last, String side) {
    if (!rows.hasNext()) {
      return null;
    }
    CanonicalRow next = rows.next();
    if (last != null && order.compare(last, next) >= 0) {
      throw new IllegalStateException(
          side + " sent two rows with the same key, or not in the order of the key");
    }
    return next;
  }
}
