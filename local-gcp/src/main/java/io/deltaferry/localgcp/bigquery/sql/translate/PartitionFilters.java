package io.deltaferry.localgcp.bigquery.sql.translate;

import io.deltaferry.localgcp.bigquery.sql.CatalogTable;
import io.deltaferry.localgcp.bigquery.sql.syntax.Expr;
import io.deltaferry.localgcp.bigquery.sql.syntax.Position;
import io.deltaferry.localgcp.bigquery.sql.syntax.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses to read tables that require a filter on their partitions, without one. A filter compares
 * the column itself with something that no row decides, so that partitions can be left out.
 */
final class PartitionFilters {
  private static final Set<String> COMPARISONS = Set.of("=", "<", "<=", ">", ">=");

  private PartitionFilters() {}

  /** A table that is read under a name. */
  record Read(CatalogTable table, String alias, Position position) {}

  /** Of a SELECT: its WHERE clause or what its joins are on. */
  static void check(List<Read> reads, Query.@Nullable Source from, @Nullable Expr where) {
    List<Expr> conditions = new ArrayList<>();
    if (where != null) {
      conditions.add(where);
    }
    if (from != null) {
      joined(from, conditions);
    }
    reads.forEach(read -> check(read, conditions));
  }

  private static void joined(Query.Source from, List<Expr> conditions) {
    if (from instanceof Query.Join join) {
      Expr on = join.on();
      if (on != null) {
        conditions.add(on);
      }
      joined(join.left(), conditions);
      joined(join.right(), conditions);
    }
  }

  /** At least one of the conditions restricts the table's partitions. */
  static void check(Read read, List<Expr> conditions) {
    String column = read.table().filterOn();
    if (column != null && conditions.stream().noneMatch(c -> restricts(c, read.alias(), column))) {
      throw read.position()
          .refuse(
              "Cannot query over table '%s' without a filter over column(s) '%s' that can be used for partition elimination"
                  .formatted(read.table().name(), column));
    }
  }

  private static boolean restricts(Expr condition, String alias, String column) {
    if (condition instanceof Expr.Binary binary) {
      boolean left = restricts(binary.left(), alias, column);
      boolean right = restricts(binary.right(), alias, column);
      return switch (binary.operator()) {
        case "AND" -> left || right;
        case "OR" -> left && right;
        default ->
            COMPARISONS.contains(binary.operator())
                && (restricts(binary.left(), binary.right(), alias, column)
                    || restricts(binary.right(), binary.left(), alias, column));
      };
    }
    if (condition instanceof Expr.Is test) {
      return test.what().equals("NULL") && is(test.operand(), alias, column);
    }
    if (condition instanceof Expr.Between between) {
      return is(between.operand(), alias, column)
          && isConstant(between.low())
          && isConstant(between.high());
    }
    return condition instanceof Expr.InList list
        && is(list.operand(), alias, column)
        && list.values().stream().allMatch(PartitionFilters::isConstant);
  }

  private static boolean restricts(Expr value, Expr by, String alias, String column) {
    return is(value, alias, column) && isConstant(by);
  }

  private static boolean is(Expr value, String alias, String column) {
    return value instanceof Expr.Path path
        && path.impliedName().equalsIgnoreCase(column)
        && (path.names().size() == 1
            || (path.names().size() == 2 && path.names().get(0).equalsIgnoreCase(alias)));
  }

  private static boolean isConstant(Expr value) {
    return value instanceof Expr.Literal
        || value instanceof Expr.Parameter
        || value instanceof Expr.PositionalParameter
        || (value instanceof Expr.Cast cast && isConstant(cast.operand()))
        || (value instanceof Expr.Call call
            && call.arguments().stream().allMatch(PartitionFilters::isConstant));
  }
}
