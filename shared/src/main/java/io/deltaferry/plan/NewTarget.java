package io.deltaferry.plan;

import io.deltaferry.sql.MergeColumns;
import io.deltaferry.sql.SchemaDrift;
import io.deltaferry.table.NewTable;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import io.deltaferry.type.TypeMapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The target that a table gets which has none. */
public final class NewTarget {
  private NewTarget() {}

  /**
   * The table.
   *
   * @param columns as they are staged
   * @param key columns that are never NULL
   * @param shape where it keeps its rows, and what describes it
   * @param labels besides the one that says whose it is
   */
  public static NewTable of(
      TableRef target,
      List<TypeMapping> columns,
      List<String> key,
      PlannedTarget shape,
      Map<String, String> labels) {
    List<WarehouseColumn> all = new ArrayList<>();
    columns.forEach(
        mapping ->
            all.add(
                new WarehouseColumn(
                    mapping.name(), mapping.target().sql(), key.contains(mapping.column()))));
    all.add(new WarehouseColumn(MergeColumns.UPLOADED_AT, "TIMESTAMP", false));
    if (shape.marksDeleted()) {
      all.addAll(MergeColumns.DELETION);
    }
    Map<String, String> own = new HashMap<>(shape.labels());
    own.putAll(labels);
    own.put(SchemaDrift.MANAGED_BY, SchemaDrift.DELTAFERRY);
    String comment = shape.comments().table();
    return new NewTable(
        target,
        all,
        own,
        null,
        comment == null ? "Kept equal by Deltaferry" : comment,
        shape.layout(),
        descriptions(columns, shape.comments().columns()));
  }

  /** The comments on the source's columns, by the target's. */
  private static Map<String, String> descriptions(
      List<TypeMapping> columns, Map<String, String> comments) {
    return columns.stream()
        .filter(mapping -> comments.containsKey(mapping.column()))
        .collect(Collectors.toMap(TypeMapping::name, mapping -> comments.get(mapping.column())));
  }
}
