package io.deltaferry.sql;

import io.deltaferry.sql.MergeColumns.MergeColumn;
import java.util.ArrayList;
import java.util.List;

/** Rows of the delta are matched with those of the target by key: updated where there is one. */
record UpsertRows(MergeScript.Shape shape) implements DataChange {
  /** The target's alias, of which the same holds as of {@link MergeColumns#DELTA}. */
  static final String TARGET = "_df_target";

  @Override
  public List<String> checks() {
    return List.of(delta().complete(), delta().uniqueKeys());
  }

  @Override
  public List<String> statements() {
    return List.of(merge());
  }

  @Override
  public List<String> balances() {
    // Rows that an all-key table leaves alone are not counted as merged.
    return List.of(delta().balance(!updates().isEmpty(), "; does the target hold a key twice?"));
  }

  private DeltaRows delta() {
    return new DeltaRows(shape);
  }

  /** What a row's values replace; empty for a table that is all key. */
  List<String> updates() {
    List<String> updates = new ArrayList<>();
    for (MergeColumn column : shape.columns().columns()) {
      if (!column.key()) {
        updates.add(BqIdentifier.quote(column.target()) + " = " + column.value());
      }
    }
    shape
        .columns()
        .cleared()
        .forEach(column -> updates.add(BqIdentifier.quote(column) + " = NULL"));
    if (shape.columns().stamped()) {
      updates.add(MergeColumns.UPLOADED_AT + " = CURRENT_TIMESTAMP()");
    }
    if (shape.columns().deletable()) {
      updates.addAll(MergeColumns.ALIVE);
    }
    return updates;
  }

  /** What a new row is made of. */
  String insert() {
    return """
        INSERT (%s)
        VALUES (%s)"""
        .formatted(
            String.join(", ", shape.columns().inserted()),
            String.join(", ", shape.columns().values()));
  }

  private String merge() {
    return """
        MERGE %s AS %s
        USING %s AS %s
        ON %s
        %sWHEN NOT MATCHED THEN
        %s"""
        .formatted(
            MergeScript.path(shape.target()),
            TARGET,
            delta().from(),
            MergeColumns.DELTA,
            delta().matched(TARGET),
            update(updates()),
            insert().indent(2).stripTrailing());
  }

  /** A table that is all key has nothing to update. */
  private static String update(List<String> updates) {
    if (updates.isEmpty()) {
      return "";
    }
    return """
        WHEN MATCHED THEN
          UPDATE SET %s
        """
        .formatted(String.join(", ", updates));
  }
}
