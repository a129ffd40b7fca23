package io.deltaferry.type;

import java.util.Optional;
import java.util.Set;

/** Other BigQuery types that can hold a column's values, or say of each that they cannot. */
final class TypeChange {
  private static final Set<String> NUMBERS =
      Set.of("int2", "int4", "int8", "oid", "xid8", "numeric", "money");

  /** Of NUMERIC and of BIGNUMERIC without parameters: digits before and after the point. */
  private static final int NUMERIC_DIGITS = 29;

  private static final int NUMERIC_SCALE = 9;
  private static final int BIGNUMERIC_DIGITS = 38;

  private TypeChange() {}

  static Optional<Rule> of(PgType type, Rule rule, BqType wanted) {
    if (wanted.equals(rule.target())) {
      return Optional.of(rule);
    }
    if (rule.target().repeated() || wanted.repeated()) {
      return Optional.empty();
    }
    if (wanted.name() == BqType.Name.STRING) {
      return Optional.of(rule.asString());
    }
    if (type.kind() == PgType.Kind.BASE && NUMBERS.contains(type.name())) {
      return number(type, wanted);
    }
    // A text that is no such value would fail the merge.
    boolean keeps =
        rule.target().name() != BqType.Name.STRING && SafeCasts.keepsValue(rule.target(), wanted);
    return keeps ? Optional.of(rule.mergedAs(wanted)) : Optional.empty();
  }

  private static Optional<Rule> number(PgType type, BqType wanted) {
    String value = type.name().equals("xid8") ? "{c}::text::numeric" : "{c}::numeric";
    return switch (wanted.name()) {
      case INT64 ->
          Optional.of(
              new Rule(wanted, "pg_catalog.trunc(" + value + ")", "{c}", over(value, Loss.WHOLE)));
      case NUMERIC, BIGNUMERIC ->
          Optional.of(new Rule(wanted, value, "{c}", digits(value, wanted)));
      default -> Optional.empty();
    };
  }

  private static Loss digits(String value, BqType wanted) {
    if (wanted.precision() > 0) {
      return over(value, Loss.digits(wanted.precision() - wanted.scale(), wanted.scale()));
    }
    return over(
        value,
        wanted.name() == BqType.Name.NUMERIC
            ? Loss.digits(NUMERIC_DIGITS, NUMERIC_SCALE)
            : Loss.digits(BIGNUMERIC_DIGITS, BIGNUMERIC_DIGITS));
  }

  private static Loss over(String value, Loss loss) {
    return new Loss(
        loss.kind(), loss.condition().replace("{c}", value), loss.clamp(), loss.policy());
  }
}
