package io.deltaferry.localgcp.bigquery.type;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** NUMERIC and BIGNUMERIC: bounds, rounding half away from zero, and plain text. */
public final class DecimalText {
  static final int NUMERIC_SCALE = 9;
  static final int BIGNUMERIC_SCALE = 38;
  private static final BigInteger NUMERIC_LIMIT = BigInteger.TEN.pow(38);
  private static final BigInteger BIGNUMERIC_LIMIT = BigInteger.ONE.shiftLeft(255);

  /** Longer texts would cost quadratic time and cannot be in range anyway. */
  private static final int MAX_CHARACTERS = 1_000;

  private DecimalText() {}

  /**
   * Reads a decimal with or without exponent, rounds it to the type's or the field's scale, and
   * checks its range.
   *
   * @param field a NUMERIC or BIGNUMERIC field
   * @return with scale 9 or 38
   */
  static BigDecimal read(FieldSchema field, String text) throws InvalidValueException {
    return fit(field, parse(text));
  }

  static BigDecimal fit(FieldSchema field, BigDecimal value) throws InvalidValueException {
    boolean numeric = field.type() == BigQueryType.NUMERIC;
    int typeScale = numeric ? NUMERIC_SCALE : BIGNUMERIC_SCALE;
    if (value.signum() != 0 && value.precision() - (long) value.scale() > 40) {
      throw outOfRange(field);
    }
    Integer precision = field.precision();
    BigDecimal rounded = value;
    if (precision != null) {
      Integer declared = field.scale();
      int scale = declared == null ? 0 : declared;
      rounded = value.setScale(scale, RoundingMode.HALF_UP);
      if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow(precision)) >= 0) {
        throw new InvalidValueException(
            field.type()
                + "("
                + precision
                + ", "
                + scale
                + ") has too many digits before the point");
      }
    }
    BigDecimal result = rounded.setScale(typeScale, RoundingMode.HALF_UP);
    BigInteger unscaled = result.unscaledValue();
    boolean fits =
        numeric
            ? unscaled.abs().compareTo(NUMERIC_LIMIT) < 0
            : unscaled.bitLength() <= BIGNUMERIC_LIMIT.bitLength() - 1;
    if (!fits) {
      throw outOfRange(field);
    }
    return result;
  }

  private static InvalidValueException outOfRange(FieldSchema field) {
    return new InvalidValueException("Invalid " + field.type() + " value: out of range");
  }

  private static BigDecimal parse(String text) throws InvalidValueException {
    if (text.isEmpty() || text.length() > MAX_CHARACTERS) {
      throw new InvalidValueException("Unable to parse");
    }
    for (int i = 0; i < text.length(); i++) {
      // BigDecimal itself would take the digits of every script.
      if ("0123456789+-.eE".indexOf(text.charAt(i)) < 0) {
        throw new InvalidValueException("Unable to parse");
      }
    }
    try {
      return new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new InvalidValueException("Unable to parse");
    }
  }

  /** Plain digits without trailing zeros, as BigQuery writes decimals. */
  public static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** The value of a DuckDB BIGNUM, which holds a BIGNUMERIC times 10^38. */
  public static BigDecimal fromScaled(String bignum) {
    return new BigDecimal(new BigInteger(bignum), BIGNUMERIC_SCALE);
  }
}
