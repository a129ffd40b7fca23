package io.deltaferry.type;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one column travels: what is selected, what BigQuery makes of it, and what can be lost.
 *
 * @param column the column's name in the source
 * @param target the type in BigQuery
 * @param policy what happens to a value that does not fit; {@link LossPolicy#STRING} when every
 *     value fits
 * @param selectTemplate a PostgreSQL expression over {@code {c}}
 * @param lossyTemplate a boolean PostgreSQL expression over {@code {c}}, true (not NULL or false)
 *     for a value that does not fit; null when every value fits
 */
public record TypeMapping(
    String column,
    BqType target,
    LossPolicy policy,
    String selectTemplate,
    @Nullable String lossyTemplate) {

  /** The place of the quoted column in a template. */
  static final String COLUMN = "{c}";

  /** The same with NULL in the place of a value for which a run would fail. */
  public TypeMapping lenient() {
    return lossyTemplate == null || policy != LossPolicy.FAIL
        ? this
        : new TypeMapping(
            column,
            target,
            LossPolicy.NULL,
            "CASE WHEN %s THEN NULL ELSE %s END".formatted(lossyTemplate, selectTemplate),
            lossyTemplate);
  }

  /**
   * What stands in the SELECT list.
   *
   * @param quotedColumn the column as SQL text, already quoted
   */
  public String select(String quotedColumn) {
    return selectTemplate.replace(COLUMN, quotedColumn);
  }

  /** Whether nothing but a hash of its values leaves the database. */
  public boolean hashes() {
    return selectTemplate.contains(HashKey.SETTINGS);
  }

  /**
   * The condition under which a value does not fit; NULL counts as false.
   *
   * @param quotedColumn the column as SQL text, already quoted
   */
  public Optional<String> lossy(String quotedColumn) {
    return Optional.ofNullable(lossyTemplate).map(text -> text.replace(COLUMN, quotedColumn));
  }
}
