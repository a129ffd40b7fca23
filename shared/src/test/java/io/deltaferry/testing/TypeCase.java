package io.deltaferry.testing;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of the type table: a column's declaration, what BigQuery gets, and values with the text
 * that is staged and the cell that BigQuery shows for each.
 *
 * @param rule the name under which the mapping keeps its rule
 */
public record TypeCase(String rule, String declaration, String target, List<Value> values) {

  /**
   * A value.
   *
   * @param literal SQL
   * @param staged the CSV field, null for NULL
   * @param cell what BigQuery's API answers, null for NULL; a TIMESTAMP is written as UTC text
   * @param lost whether the value is not the source's own any more
   */
  public record Value(
      String literal, @Nullable String staged, @Nullable String cell, boolean lost) {}

  public TypeCase {
    values = List.copyOf(values);
  }

  static TypeCase of(String rule, String declaration, String target) {
    return new TypeCase(rule, declaration, target, List.of(new Value("NULL", null, null, false)));
  }

  /** Adds a value of this type, written as a string. */
  TypeCase with(String literal, String staged) {
    return with(literal, staged, staged);
  }

  TypeCase with(String literal, String staged, String cell) {
    return add(new Value(quoted(literal), staged, cell, false));
  }

  TypeCase withSql(String sql, String staged, String cell) {
    return add(new Value(sql, staged, cell, false));
  }

  /** A value whose staged text is its literal. */
  TypeCase same(String literal) {
    return with(literal, literal, literal);
  }

  /** A value whose staged text is its literal, and whose cell is not. */
  TypeCase shown(String literal, String cell) {
    return with(literal, literal, cell);
  }

  /** A value that BigQuery cannot hold; the nearest one is staged and counted. */
  TypeCase lossy(String literal, String staged, String cell) {
    return add(new Value(quoted(literal), staged, cell, true));
  }

  private TypeCase add(Value value) {
    List<Value> more = new ArrayList<>(values);
    more.add(value);
    return new TypeCase(rule, declaration, target, more);
  }

  private static String quoted(String literal) {
    return "'" + literal.replace("'", "''") + "'";
  }

  @Override
  public String toString() {
    return declaration;
  }
}
