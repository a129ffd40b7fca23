package io.deltaferry.type;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** THE mapping: what is selected for a column of each PostgreSQL type, and BigQuery's type. */
public final class TypeMappings {
  /** Equal in PostgreSQL when only the case differs. */
  private static final Set<String> NO_KEYS = Set.of("citext");

  /** Not comparable in BigQuery, or not by every statement of a merge. */
  private static final Set<BqType.Name> NO_KEY_TYPES =
      EnumSet.of(BqType.Name.JSON, BqType.Name.GEOGRAPHY, BqType.Name.INTERVAL);

  private TypeMappings() {}

  /**
   * The mappings of all columns, in the map's order.
   *
   * @throws DeltaferryException NAME_INVALID, TYPE_UNSUPPORTED, KEY_INVALID or TABLE_FILE_INVALID,
   *     each naming all offending columns at once
   */
  public static List<TypeMapping> of(Map<String, PgType> columns, MappingOptions options) {
    ColumnNames.check(columns.keySet());
    List<TypeMapping> mappings = new ArrayList<>();
    List<DeltaferryException> problems = new ArrayList<>();
    columns.forEach(
        (column, type) -> {
          try {
            mappings.add(of(column, type, options));
          } catch (DeltaferryException problem) {
            problems.add(problem);
          }
        });
    if (!problems.isEmpty()) {
      throw new DeltaferryException(
          problems.get(0).code(),
          String.join(
              "; ", problems.stream().map(DeltaferryException::getMessage).distinct().toList()));
    }
    return mappings;
  }

  /**
   * The mapping of one column.
   *
   * @throws DeltaferryException TYPE_UNSUPPORTED, KEY_INVALID or TABLE_FILE_INVALID
   */
  public static TypeMapping of(String column, PgType type, MappingOptions options) {
    Rule rule =
        rule(type, options.unknownTypesAsText()).orElseThrow(() -> unsupported(column, type));
    boolean key = options.keys().contains(column);
    if (key && (NO_KEY_TYPES.contains(rule.target().name()) || NO_KEYS.contains(type.name()))) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "column \"%s\" of type %s cannot be a key in BigQuery; choose other key columns"
              .formatted(column, type.display()));
    }
    if (options.hashed().columns().contains(column)) {
      return HashRule.mapping(column, rule.asString().select(), key, options.hashed().keyId());
    }
    LossPolicy chosen = options.policies().get(column);
    if (key && (chosen == LossPolicy.CLAMP || chosen == LossPolicy.NULL)) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "column \"%s\" is a key and must not be changed; its policy can be fail or string"
              .formatted(column));
    }
    Rule used = chosen == LossPolicy.STRING ? rule.asString() : rule;
    return key ? keyMapping(column, used) : mapping(column, type, used, chosen);
  }

  private static TypeMapping keyMapping(String column, Rule rule) {
    Loss own = rule.target().name() == BqType.Name.FLOAT64 ? Loss.NAN_KEY : rule.loss();
    return new TypeMapping(
        column, rule.target(), LossPolicy.FAIL, rule.select(), Loss.ofKey(own).condition());
  }

  private static TypeMapping mapping(
      String column, PgType type, Rule rule, @Nullable LossPolicy chosen) {
    Loss loss = rule.loss();
    if (loss == null) {
      return new TypeMapping(column, rule.target(), LossPolicy.STRING, rule.select(), null);
    }
    LossPolicy policy = chosen == null ? loss.policy() : chosen;
    String select =
        switch (policy) {
          case CLAMP -> clamp(column, type, loss);
          case NULL -> "CASE WHEN NOT (" + loss.condition() + ") THEN " + rule.select() + " END";
          case FAIL, STRING -> rule.select();
        };
    return new TypeMapping(column, rule.target(), policy, select, loss.condition());
  }

  private static String clamp(String column, PgType type, Loss loss) {
    if (loss.clamp() == null) {
      throw new DeltaferryException(
          ErrorCode.TABLE_FILE_INVALID,
          "column \"%s\" of type %s cannot be clamped (NaN has no nearest number); its policy can be"
                  .formatted(column, type.display())
              + " fail, null or string");
    }
    return loss.clamp();
  }

  private static Optional<Rule> rule(PgType type, boolean unknownAsText) {
    Optional<Rule> known =
        switch (type.kind()) {
          case BASE -> baseRule(type);
          case ENUM -> Optional.of(Rule.plain(BqType.Name.STRING));
          case COMPOSITE, RANGE, MULTIRANGE -> Optional.of(JsonRules.of(type));
          case ARRAY -> arrayRule(type, unknownAsText);
          case PSEUDO -> Optional.empty();
        };
    return known.isEmpty() && unknownAsText
        ? Optional.of(Rule.of(BqType.Name.STRING, "{c}::text"))
        : known;
  }

  private static Optional<Rule> baseRule(PgType type) {
    if (type.name().equals("numeric")) {
      return Optional.of(NumericRule.of(type));
    }
    return GeoRules.holds(type.name())
        ? Optional.of(GeoRules.of(type))
        : ScalarRules.of(type.name());
  }

  private static Optional<Rule> arrayRule(PgType type, boolean unknownAsText) {
    PgType element = type.element();
    return element == null
        ? Optional.empty()
        : rule(element, unknownAsText).map(known -> JsonRules.of(type));
  }

  private static DeltaferryException unsupported(String column, PgType type) {
    return new DeltaferryException(
        ErrorCode.TYPE_UNSUPPORTED,
        "column \"%s\" has type %s, which has no mapping to BigQuery: exclude the column, or set"
                .formatted(column, type.display())
            + " 'unknown_types: text' to stage its text as STRING");
  }
}
