package io.deltaferry.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the type table: a column's declaration, what BigQuery gets, and values with the text
 * that is staged for each.
 *
 * @param rule the name under which the mapping keeps its rule
 */
record TypeCase(String rule, String declaration, String target, List<Value> values) {

  /**
   * A value.
   *
   * @param literal SQL
   * @param staged the CSV field, null for NULL
   */
  record Value(String literal, @Nullable String staged) {}

  static TypeCase of(String rule, String declaration, String target) {
    return new TypeCase(rule, declaration, target, List.of(new Value("NULL", null)));
  }

  /** Adds a value of this type, written as a string. */
  TypeCase with(String literal, @Nullable String staged) {
    return withSql("'" + literal.replace("'", "''") + "'", staged);
  }

  TypeCase withSql(String sql, @Nullable String staged) {
    List<Value> more = new ArrayList<>(values);
    more.add(new Value(sql, staged));
    return new TypeCase(rule, declaration, target, List.copyOf(more));
  }

  /** A value whose staged text is its literal. */
  TypeCase same(String literal) {
    return with(literal, literal);
  }

  @Override
  public String toString() {
    return declaration;
  }
}
