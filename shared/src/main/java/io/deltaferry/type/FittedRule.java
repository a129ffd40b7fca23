package io.deltaferry.type;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A type's rule as the settings of one column want it, or why they do not fit. */
final class FittedRule {
  private final String column;
  private final PgType type;
  private final ColumnSettings settings;

  FittedRule(String column, PgType type, ColumnSettings settings) {
    this.column = column;
    this.type = type;
    this.settings = settings;
  }

  /**
   * The rule.
   *
   * @param own the type's
   * @param element the rule of an array's elements, else null
   * @throws DeltaferryException TABLE_FILE_INVALID
   */
  Rule of(Rule own, @Nullable Rule element) {
    Rule rule = own;
    if (settings.intervalKept()) {
      require(isBase("interval"), "interval: interval", "columns of type interval");
      rule = new Rule(BqType.of(BqType.Name.INTERVAL), "{c}", "{c}", Loss.INTERVAL);
    }
    if (settings.repeated()) {
      require(element != null, "arrays: repeated", "arrays");
      rule = RepeatedRule.of(element).orElseThrow(this::notRepeatable);
    }
    if (settings.jsonAsString()) {
      require(
          own.target().name() == BqType.Name.JSON && !settings.repeated(),
          "json: string",
          "columns that become JSON");
      rule = rule.asString();
    }
    BqType wanted = settings.type();
    if (wanted == null) {
      return rule;
    }
    Rule before = rule;
    return TypeChange.of(type, before, wanted).orElseThrow(() -> impossible(before, wanted));
  }

  /**
   * What happens to values that do not fit; null where the table leaves that to the type.
   *
   * @param general of {@code conversions}
   */
  @Nullable LossPolicy policy(Rule rule, @Nullable LossPolicy general) {
    Loss loss = rule.loss();
    Loss.Kind kind = loss == null ? Loss.Kind.OTHER : loss.kind();
    if (settings.hasPolicy() && rule.isText()) {
      throw invalid("as STRING every value fits; leave out_of_range and numeric_overflow out");
    }
    if (settings.outOfRange() != null) {
      require(kind == Loss.Kind.TIME, "out_of_range", "dates, times and intervals");
      return allowed(settings.outOfRange(), rule);
    }
    if (settings.numericOverflow() != null) {
      require(
          kind == Loss.Kind.NUMBER,
          "numeric_overflow",
          "columns of type numeric, and numbers with a narrower `type`");
      return allowed(settings.numericOverflow(), rule);
    }
    return general == null ? null : allowed(general, rule);
  }

  /** As text there is nothing left of the type that was asked for. */
  private LossPolicy allowed(LossPolicy policy, Rule rule) {
    boolean shaped = settings.type() != null || settings.repeated() || settings.intervalKept();
    if (policy == LossPolicy.STRING && shaped) {
      throw invalid(
          "its values can be text or %s, not both; its policy can be fail or null"
              .formatted(rule.target()));
    }
    if (policy == LossPolicy.CLAMP && rule.loss() != null && rule.loss().clamp() == null) {
      throw invalid(
          rule.loss().kind() == Loss.Kind.NUMBER
              ? "cannot be clamped (NaN has no nearest number); its policy can be fail, null or string"
              : "cannot be clamped (no value is the nearest); its policy can be "
                  + (shaped ? "fail or null" : "fail, null or string"));
    }
    return policy;
  }

  private boolean isBase(String name) {
    return type.kind() == PgType.Kind.BASE && type.name().equals(name);
  }

  private void require(boolean fits, String setting, String where) {
    if (!fits) {
      throw invalid("`%s` is for %s".formatted(setting, where));
    }
  }

  private DeltaferryException notRepeatable() {
    return invalid(
        "`arrays: repeated` is for arrays of %s; leave it out, and the array becomes JSON"
            .formatted(names(RepeatedRule.ELEMENTS)));
  }

  private DeltaferryException impossible(Rule rule, BqType wanted) {
    Set<BqType.Name> possible = EnumSet.noneOf(BqType.Name.class);
    Arrays.stream(BqType.Name.values())
        .filter(name -> TypeChange.of(type, rule, BqType.of(name)).isPresent())
        .forEach(possible::add);
    return invalid(
        "it cannot be given the type %s; it can be %s. For another, give `convert`"
            .formatted(wanted, names(possible)));
  }

  private static String names(Set<BqType.Name> names) {
    return names.stream().map(BqType.Name::name).collect(Collectors.joining(", "));
  }

  private DeltaferryException invalid(String what) {
    return new DeltaferryException(
        ErrorCode.TABLE_FILE_INVALID,
        "column \"%s\" of type %s: %s".formatted(column, type.display(), what));
  }
}
