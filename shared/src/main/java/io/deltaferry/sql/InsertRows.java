package io.deltaferry.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * Rows of the delta are added to those of the target, or take the place of all of them.
 *
 * <p>TRUNCATE is a part of the transaction: whoever reads sees the rows before or the rows after,
 * and whatever was declared of the table stays declared.
 */
record InsertRows(MergeScript.Shape shape, boolean replacing) implements DataChange {
  @Override
  public List<String> checks() {
    List<String> checks = new ArrayList<>();
    checks.add(delta().complete());
    if (!delta().keys().isEmpty()) {
      checks.add(delta().uniqueKeys());
    }
    return checks;
  }

  @Override
  public List<String> statements() {
    List<String> statements = new ArrayList<>();
    if (replacing) {
      statements.add("TRUNCATE TABLE " + MergeScript.path(shape.target()));
    }
    statements.add(insert());
    return statements;
  }

  @Override
  public List<String> balances() {
    return List.of(delta().balance(true, ""));
  }

  /** The rows of the statement before are as many as those of the delta. */
  String counted() {
    return "ASSERT @@row_count = "
        + delta().expected()
        + " AS 'COUNTS_DIFFER: rows inserted are not the rows extracted'";
  }

  private String insert() {
    return """
        INSERT INTO %s (%s)
        SELECT %s
        FROM %s AS %s"""
        .formatted(
            MergeScript.path(shape.target()),
            String.join(", ", shape.columns().inserted()),
            String.join(", ", shape.columns().values()),
            delta().from(),
            MergeColumns.DELTA);
  }

  private DeltaRows delta() {
    return new DeltaRows(shape);
  }
}
