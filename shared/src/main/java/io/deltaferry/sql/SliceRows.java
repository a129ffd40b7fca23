package io.deltaferry.sql;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of a run's window a slice has. The slices of a run share nothing and leave nothing
 * out, whatever rows there are when each of them is read.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = SliceRows.Whole.class, name = "whole"),
  @JsonSubTypes.Type(value = SliceRows.KeysetRange.class, name = "keyset"),
  @JsonSubTypes.Type(value = SliceRows.CtidRange.class, name = "ctid"),
  @JsonSubTypes.Type(value = SliceRows.Condition.class, name = "condition")
})
public sealed interface SliceRows {
  /** All of them. */
  record Whole() implements SliceRows {}

  /**
   * Those from one place on and below another in the order of cursor and key.
   *
   * @param from null for no lower end
   * @param to null for no upper end
   */
  record KeysetRange(@Nullable Place from, @Nullable Place to) implements SliceRows {}

  /**
   * Those in a range of blocks of one table that holds rows: a partition, or the table itself.
   *
   * @param from the first block, or null for no lower end
   * @param to the block after the last, or null for no upper end
   */
  record CtidRange(String schema, String table, @Nullable Long from, @Nullable Long to)
      implements SliceRows {}

  /**
   * Those that satisfy a condition of the table file, and of them those between two places.
   *
   * @param sql a condition that the plan has proven with all others
   */
  record Condition(String sql, @Nullable Place from, @Nullable Place to) implements SliceRows {}

  /** The conditions, to be joined by AND. */
  default List<String> conditions(@Nullable RowOrder order) {
    if (this instanceof KeysetRange range) {
      return between(order, range.from(), range.to());
    }
    if (this instanceof CtidRange range) {
      return blocks(range);
    }
    List<String> conditions = new ArrayList<>();
    if (this instanceof Condition condition) {
      // On lines of its own, so that a comment at its end hides nothing.
      conditions.add("(\n" + condition.sql() + "\n)");
      conditions.addAll(between(order, condition.from(), condition.to()));
    }
    return conditions;
  }

  private static List<String> between(
      @Nullable RowOrder order, @Nullable Place from, @Nullable Place to) {
    if (order == null) {
      if (from != null || to != null) {
        throw new IllegalArgumentException("a place needs an order");
      }
      return List.of();
    }
    return order.between(from, to);
  }

  private static List<String> blocks(CtidRange range) {
    List<String> conditions = new ArrayList<>();
    if (range.from() != null) {
      conditions.add("ctid >= '(" + range.from() + ",0)'::tid");
    }
    if (range.to() != null) {
      conditions.add("ctid < '(" + range.to() + ",0)'::tid");
    }
    return conditions;
  }
}
