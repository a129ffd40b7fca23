package io.deltaferry.type;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
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
    Map<String, String> names = new LinkedHashMap<>();
    for (String column : columns.keySet()) {
      String rename = options.settings(column).rename();
      names.put(column, rename == null ? column : rename);
    }
    ColumnNames.check(names);
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
    ColumnSettings settings = options.settings(column);
    boolean unknownAsText = options.unknownTypesAsText();
    Rule own = rule(type, unknownAsText).orElseThrow(() -> unsupported(column, type));
    PgType element = type.kind() == PgType.Kind.ARRAY ? type.element() : null;
    FittedRule fitted = new FittedRule(column, type, settings);
    Rule rule = fitted.of(own, element == null ? null : rule(element, unknownAsText).orElse(null));
    if (options.hashed().columns().contains(column)) {
      return hashed(column, type, own, options);
    }
    LossPolicy chosen = fitted.policy(rule, options.policies().get(column));
    Rule used = chosen == LossPolicy.STRING ? rule.asString() : rule;
    if (options.keys().contains(column)) {
      checkKey(column, type, rule, settings, chosen);
      return column(column, used, settings, LossPolicy.FAIL, used.select(), ofKey(used));
    }
    return mapping(column, used, settings, chosen);
  }

  private static TypeMapping hashed(String column, PgType type, Rule own, MappingOptions options) {
    boolean key = options.keys().contains(column);
    ColumnSettings settings = options.settings(column);
    if (!settings.keepsTheType()) {
      throw new DeltaferryException(
          ErrorCode.TABLE_FILE_INVALID,
          "column \"%s\" is hashed; in `columns` it can only be renamed".formatted(column));
    }
    if (key) {
      checkKey(column, type, own, ColumnSettings.NONE, null);
    }
    TypeMapping hash =
        HashRule.mapping(column, own.asString().select(), key, options.hashed().keyId());
    return hash.renamed(settings.rename());
  }

  private static void checkKey(
      String column, PgType type, Rule rule, ColumnSettings settings, @Nullable LossPolicy chosen) {
    if (NO_KEY_TYPES.contains(rule.target().name())
        || rule.target().repeated()
        || NO_KEYS.contains(type.name())) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "column \"%s\" of type %s cannot be a key in BigQuery; choose other key columns"
              .formatted(column, type.display()));
    }
    if (chosen == LossPolicy.CLAMP || chosen == LossPolicy.NULL) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "column \"%s\" is a key and must not be changed; its policy can be fail or string"
              .formatted(column));
    }
    if (settings.convert() != null) {
      throw new DeltaferryException(
          ErrorCode.KEY_INVALID,
          "column \"%s\" is a key and must not be changed; leave out its `convert`"
              .formatted(column));
    }
  }

  private static @Nullable String ofKey(Rule rule) {
    Loss own = rule.target().name() == BqType.Name.FLOAT64 ? Loss.NAN_KEY : rule.loss();
    return Loss.ofKey(rule.isText() ? null : own).condition();
  }

  private static TypeMapping mapping(
      String column, Rule rule, ColumnSettings settings, @Nullable LossPolicy chosen) {
    Loss loss = rule.loss();
    if (loss == null) {
      return column(column, rule, settings, LossPolicy.STRING, rule.select(), null);
    }
    LossPolicy policy = rule.isText() ? LossPolicy.STRING : chosen == null ? loss.policy() : chosen;
    String clamp = loss.clamp();
    String select =
        switch (policy) {
          case CLAMP -> clamp == null ? rule.select() : clamp;
          case NULL -> TypeMapping.nulled(rule.select(), loss.condition());
          case FAIL, STRING -> rule.select();
        };
    return column(column, rule, settings, policy, select, loss.condition());
  }

  private static TypeMapping column(
      String column,
      Rule rule,
      ColumnSettings settings,
      LossPolicy policy,
      String select,
      @Nullable String lossy) {
    return new TypeMapping(
        column,
        rule.target(),
        policy,
        select,
        lossy,
        rule.staged().equals(rule.target()) ? null : rule.staged(),
        settings.rename(),
        settings.convert());
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
