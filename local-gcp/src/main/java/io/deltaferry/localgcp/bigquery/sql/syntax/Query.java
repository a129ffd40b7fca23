package io.deltaferry.localgcp.bigquery.sql.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query with everything around its body. */
public record Query(
    List<Cte> with,
    boolean recursive,
    Body body,
    List<Order> order,
    @Nullable Expr limit,
    @Nullable Expr offset) {
  public Query {
    with = List.copyOf(with);
    order = List.copyOf(order);
  }

  /** One query of a WITH clause. */
  public record Cte(String name, Query query) {}

  /** One key of an ORDER BY; {@code nullsFirst} is null when not said. */
  public record Order(Expr key, boolean descending, @Nullable Boolean nullsFirst) {}

  /** What yields rows. */
  public sealed interface Body {}

  /** A query in parentheses. */
  public record Nested(Query query) implements Body {}

  /**
   * UNION ALL and its kin; the operator is DuckDB's too, {@code ALL} or {@code DISTINCT} included.
   */
  public record SetOperation(String operator, Body left, Body right) implements Body {}

  /** {@code SELECT}; {@code as} is STRUCT, VALUE or null. */
  public record Select(
      boolean distinct,
      @Nullable String as,
      List<Item> items,
      @Nullable Source from,
      @Nullable Expr where,
      @Nullable GroupBy groupBy,
      @Nullable Expr having,
      @Nullable Expr qualify,
      List<NamedWindow> windows)
      implements Body {
    public Select {
      items = List.copyOf(items);
      windows = List.copyOf(windows);
    }
  }

  /** GROUP BY; ALL when there are no keys. */
  public record GroupBy(List<Expr> keys) {
    public GroupBy {
      keys = List.copyOf(keys);
    }
  }

  /** One entry of a WINDOW clause. */
  public record NamedWindow(String name, Expr.Window window) {}

  /** One entry of a select list. */
  public sealed interface Item {}

  /** An expression, perhaps named. */
  public record ExprItem(Expr value, @Nullable String alias) implements Item {}

  /** {@code *} or {@code base.*}. */
  public record StarItem(@Nullable Expr base, List<String> except, List<ExprItem> replace)
      implements Item {
    public StarItem {
      except = List.copyOf(except);
      replace = List.copyOf(replace);
    }
  }

  /** What stands in FROM. */
  public sealed interface Source {}

  /** A table, a CTE, or an array of an earlier source; the names are split at dots already. */
  public record Named(
      List<String> names, @Nullable String alias, @Nullable String offset, Position position)
      implements Source {
    public Named {
      names = List.copyOf(names);
    }
  }

  /** A subquery. */
  public record Derived(Query query, @Nullable String alias) implements Source {}

  /** {@code UNNEST(array) AS alias WITH OFFSET AS offset}. */
  public record Unnest(
      Expr array, @Nullable String alias, @Nullable String offset, Position position)
      implements Source {}

  /** A join; the type is CROSS, INNER, LEFT, RIGHT or FULL. */
  public record Join(String type, Source left, Source right, @Nullable Expr on, List<String> using)
      implements Source {
    public Join {
      using = List.copyOf(using);
    }
  }
}
