package io.deltaferry.sql;

import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Lets a target take columns that have changed, before anything is merged into it.
 *
 * <pre>
 * ALTER TABLE target ADD COLUMN IF NOT EXISTS .., ..
 * ALTER TABLE target ALTER COLUMN .. SET DATA TYPE ..
 * ALTER TABLE target ALTER COLUMN .. DROP NOT NULL
 * </pre>
 *
 * <p>A table takes few such changes in ten seconds, so that all columns are added by one.
 */
public final class AlterTarget {
  private AlterTarget() {}

  /** Adds columns that the target may have already. */
  public static Statement adding(TableRef target, List<WarehouseColumn> columns) {
    return Statement.of(add(table(target), columns) + ";\n");
  }

  public static Statement of(TableRef target, SchemaDrift drift) {
    String table = table(target);
    List<String> statements = new ArrayList<>();
    if (!drift.added().isEmpty()) {
      statements.add(add(table, drift.added()));
    }
    for (WarehouseColumn column : drift.retyped()) {
      statements.add(
          table
              + "ALTER COLUMN "
              + BqIdentifier.quote(column.name())
              + " SET DATA TYPE "
              + column.type());
    }
    for (String column : drift.relaxed()) {
      statements.add(table + "ALTER COLUMN " + BqIdentifier.quote(column) + " DROP NOT NULL");
    }
    return Statement.of(String.join(";\n\n", statements) + ";\n");
  }

  private static String table(TableRef target) {
    return "ALTER TABLE " + MergeScript.path(target) + "\n";
  }

  private static String add(String table, List<WarehouseColumn> columns) {
    return columns.stream().map(AlterTarget::add).collect(Collectors.joining(",\n", table, ""));
  }

  private static String add(WarehouseColumn column) {
    return "ADD COLUMN IF NOT EXISTS " + BqIdentifier.quote(column.name()) + " " + column.type();
  }
}
