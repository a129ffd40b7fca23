package io.deltaferry.type;

/** Where a numeric goes by its declared precision and scale. */
final class NumericRule {
  /** Of NUMERIC: digits before and after the point. */
  private static final int NUMERIC_INTEGER_DIGITS = 29;

  private static final int NUMERIC_SCALE = 9;

  /** Of BIGNUMERIC: digits before and after the point that it holds for every value. */
  private static final int BIGNUMERIC_DIGITS = 38;

  private NumericRule() {}

  static Rule of(PgType type) {
    if (type.numericPrecision().isEmpty()) {
      return Rule.plain(BqType.Name.BIGNUMERIC).losing(Loss.BIGNUMERIC);
    }
    // A negative scale means zeros before the point; a scale above the precision, zeros after it.
    int scale = Math.max(type.numericScale().orElse(0), 0);
    int integerDigits =
        Math.max(type.numericPrecision().getAsInt() - type.numericScale().orElse(0), 0);
    int precision = Math.max(integerDigits + scale, 1);
    if (integerDigits <= NUMERIC_INTEGER_DIGITS && scale <= NUMERIC_SCALE) {
      return declared(BqType.Name.NUMERIC, precision, scale);
    }
    if (integerDigits <= BIGNUMERIC_DIGITS && scale <= BIGNUMERIC_DIGITS) {
      return declared(BqType.Name.BIGNUMERIC, precision, scale);
    }
    return Rule.plain(BqType.Name.STRING);
  }

  private static Rule declared(BqType.Name name, int precision, int scale) {
    return new Rule(new BqType(name, precision, scale), "{c}", "{c}", Loss.NAN);
  }
}
