package io.deltaferry.plan;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.sql.MergeColumns;
import io.deltaferry.table.Partitioning;
import io.deltaferry.table.Partitioning.Granularity;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableLayout;
import io.deltaferry.table.TargetShape;
import io.deltaferry.type.BqType;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a new target keeps its rows, as the table file has it and the source's columns allow it.
 * The table file names the source's columns, and the layout the target's.
 */
public final class TargetLayouts {
  private final TargetShape shape;
  private final Map<String, BqType> types = new LinkedHashMap<>();
  private final Map<String, String> names = new HashMap<>();
  private final List<String> problems = new ArrayList<>();

  private TargetLayouts(TargetShape shape, List<TypeMapping> columns) {
    this.shape = shape;
    for (TypeMapping mapping : columns) {
      types.put(mapping.column(), mapping.target());
      names.put(mapping.column(), mapping.name());
    }
    types.put(MergeColumns.UPLOADED_AT, BqType.of(BqType.Name.TIMESTAMP));
  }

  /**
   * The layout.
   *
   * @throws DeltaferryException COLUMN_MISSING or TABLE_FILE_INVALID, naming every column by which
   *     BigQuery cannot partition or cluster
   */
  public static TableLayout of(TableConfig table, List<TypeMapping> columns, List<String> key) {
    TargetLayouts layouts = new TargetLayouts(table.shape(), columns);
    TableLayout layout =
        new TableLayout(
            layouts.partitioning(),
            layouts.clustering(key),
            table.shape().requirePartitionFilter());
    if (!layouts.problems.isEmpty()) {
      boolean missing = !layouts.types.keySet().containsAll(layouts.named());
      throw new DeltaferryException(
          missing ? ErrorCode.COLUMN_MISSING : ErrorCode.TABLE_FILE_INVALID,
          "tables.%s: no such target can be made; nothing was written:\n  %s"
              .formatted(table.name(), String.join("\n  ", layouts.problems)));
    }
    return layout;
  }

  private List<String> named() {
    List<String> named = new ArrayList<>();
    Partitioning by = shape.partitionBy();
    if (by != null && by.column() != null) {
      named.add(by.column());
    }
    if (shape.clusterBy() != null) {
      named.addAll(shape.clusterBy());
    }
    return named;
  }

  private @Nullable Partitioning partitioning() {
    Partitioning by = shape.partitionBy();
    if (by == null || by.column() == null) {
      return null;
    }
    BqType type = type("partition_by", by.column());
    if (type != null && !partitions(by, type)) {
      problems.add(
          "partition_by: %s is %s; %s"
              .formatted(
                  by.column(),
                  type.sql(),
                  by.granularity() == null
                      ? "ranges are of INT64"
                      : "a DATE has days, months and years, a TIMESTAMP or DATETIME hours too"));
    }
    return new Partitioning(name(by.column()), by.granularity(), by.range());
  }

  private String name(String column) {
    return names.getOrDefault(column, column);
  }

  private static boolean partitions(Partitioning by, BqType type) {
    if (type.repeated()) {
      return false;
    }
    return switch (type.name()) {
      case INT64 -> by.range() != null;
      case TIMESTAMP, DATETIME -> by.granularity() != null;
      case DATE -> by.granularity() != null && by.granularity() != Granularity.HOUR;
      default -> false;
    };
  }

  private List<String> clustering(List<String> key) {
    List<String> asked = shape.clusterBy();
    if (asked == null) {
      return key.stream()
          .filter(column -> types.containsKey(column) && clusters(types.get(column)))
          .limit(TargetShape.MOST_CLUSTERED)
          .map(this::name)
          .toList();
    }
    for (String column : asked) {
      BqType type = type("cluster_by", column);
      if (type != null && !clusters(type)) {
        problems.add(
            "cluster_by: %s is %s, by which BigQuery clusters no table"
                .formatted(column, type.sql()));
      }
    }
    return asked.stream().map(this::name).toList();
  }

  private static boolean clusters(@Nullable BqType type) {
    return type != null && TableLayout.clusters(type.sql());
  }

  private @Nullable BqType type(String setting, String column) {
    BqType type = types.get(column);
    if (type == null) {
      problems.add("%s: the source has no column %s".formatted(setting, column));
    }
    return type;
  }
}
