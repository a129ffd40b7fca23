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
 * @param staged the type that is loaded, where the merge makes the target's of it; or null
 * @param rename the column's name in BigQuery, or null where it keeps its own
 * @param convert what stands for {@code {c}}: SQL over the source's row; null for the column itself
 */
public record TypeMapping(
    String column,
    BqType target,
    LossPolicy policy,
    String selectTemplate,
    @Nullable String lossyTemplate,
    @Nullable BqType staged,
    @Nullable String rename,
    @Nullable String convert) {

  /** The place of the quoted column in a template. */
  static final String COLUMN = "{c}";

  /** A column that is loaded as what it becomes, under its own name. */
  public TypeMapping(
      String column,
      BqType target,
      LossPolicy policy,
      String selectTemplate,
      @Nullable String lossyTemplate) {
    this(column, target, policy, selectTemplate, lossyTemplate, null, null, null);
  }

  /** The same under another name in BigQuery; under its own for null. */
  TypeMapping renamed(@Nullable String other) {
    return new TypeMapping(
        column, target, policy, selectTemplate, lossyTemplate, staged, other, convert);
  }

  /** The column's name in BigQuery. */
  public String name() {
    return rename == null ? column : rename;
  }

  /** The type that is loaded. */
  public BqType stagedType() {
    return staged == null ? target : staged;
  }

  /** What the merge casts, where the target has another type; arrays are made before that. */
  public BqType castFrom() {
    return target.repeated() ? target : stagedType();
  }

  /** A condition that is NULL, as one about an empty geometry, does not make the value one. */
  static String nulled(String select, String lossy) {
    return "CASE WHEN %s THEN NULL ELSE %s END".formatted(lossy, select);
  }

  /** What its policy makes of values that do not fit; empty where it makes the run fail. */
  public Optional<LossKind> lossKind() {
    return LossKind.of(policy, target);
  }

  /** The same with NULL in the place of a value for which a run would fail. */
  public TypeMapping lenient() {
    return lossyTemplate == null || policy != LossPolicy.FAIL
        ? this
        : new TypeMapping(
            column,
            target,
            LossPolicy.NULL,
            nulled(selectTemplate, lossyTemplate),
            lossyTemplate,
            staged,
            rename,
            convert);
  }

  /**
   * What stands in the SELECT list.
   *
   * @param quotedColumn the column as SQL text, already quoted
   */
  public String select(String quotedColumn) {
    return selectTemplate.replace(COLUMN, value(quotedColumn));
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
    return Optional.ofNullable(lossyTemplate)
        .map(text -> text.replace(COLUMN, value(quotedColumn)));
  }

  /** On lines of its own, so that a comment at its end hides nothing. */
  private String value(String quotedColumn) {
    return convert == null ? quotedColumn : "(\n" + convert + "\n)";
  }
}
