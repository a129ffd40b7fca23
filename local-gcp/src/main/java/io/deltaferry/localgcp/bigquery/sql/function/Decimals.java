package io.deltaferry.localgcp.bigquery.sql.function;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.regex.Pattern;

/** NUMERIC and BIGNUMERIC: their ranges, their rounding (half away from zero) and their text. */
public final class Decimals {
  private static final Pattern TEXT =
      Pattern.compile("\\s*[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d{1,9})?\\s*");
  private static final int SCALE = 9;
  private static final int BIG_SCALE = 38;
  private static final BigInteger LIMIT = BigInteger.TEN.pow(38);
  private static final BigInteger BIG_LIMIT = BigInteger.ONE.shiftLeft(255);

  private Decimals() {}

  /** The text as a NUMERIC. */
  public static BigDecimal numeric(String text) {
    return fitted(parsed(text, "NUMERIC"), "NUMERIC: " + text);
  }

  /** The text as a BIGNUMERIC. */
  public static BigDecimal bignumeric(String text) {
    return bigFitted(parsed(text, "BIGNUMERIC"), "BIGNUMERIC: " + text);
  }

  private static BigDecimal parsed(String text, String type) {
    if (!TEXT.matcher(text).matches()) {
      throw new IllegalArgumentException("Invalid " + type + " value: " + text);
    }
    return new BigDecimal(text.strip());
  }

  /** A BIGNUMERIC as it is stored: times 10^38. */
  public static BigInteger scaled(BigDecimal value) {
    return value.setScale(BIG_SCALE, RoundingMode.HALF_UP).unscaledValue();
  }

  static BigDecimal unscaled(String stored) {
    return new BigDecimal(new BigInteger(stored), BIG_SCALE);
  }

  static BigDecimal fitted(BigDecimal value, String what) {
    BigDecimal rounded = value.setScale(SCALE, RoundingMode.HALF_UP);
    if (rounded.unscaledValue().abs().compareTo(LIMIT) >= 0) {
      throw new ArithmeticException("numeric overflow: " + what);
    }
    return rounded;
  }

  static BigDecimal bigFitted(BigDecimal value, String what) {
    BigDecimal rounded = value.setScale(BIG_SCALE, RoundingMode.HALF_UP);
    BigInteger stored = rounded.unscaledValue();
    if (stored.compareTo(BIG_LIMIT) >= 0 || stored.compareTo(BIG_LIMIT.negate()) < 0) {
      throw new ArithmeticException("bignumeric overflow: " + what);
    }
    return rounded;
  }

  static BigDecimal multiplied(BigDecimal a, BigDecimal b) {
    return fitted(a.multiply(b), a.toPlainString() + " * " + b.toPlainString());
  }

  static BigDecimal divided(BigDecimal a, BigDecimal b) {
    if (b.signum() == 0) {
      throw new ArithmeticException("division by zero: " + text(a) + " / " + text(b));
    }
    return fitted(
        a.divide(b, SCALE, RoundingMode.HALF_UP), a.toPlainString() + " / " + b.toPlainString());
  }

  static String bigMultiplied(String a, String b) {
    BigDecimal product = unscaled(a).multiply(unscaled(b));
    return scaled(bigFitted(product, text(unscaled(a)) + " * " + text(unscaled(b)))).toString();
  }

  static String bigDivided(String a, String b) {
    BigDecimal divisor = unscaled(b);
    if (divisor.signum() == 0) {
      throw new ArithmeticException("division by zero: " + text(unscaled(a)) + " / 0");
    }
    BigDecimal quotient = unscaled(a).divide(divisor, BIG_SCALE, RoundingMode.HALF_UP);
    return scaled(bigFitted(quotient, text(unscaled(a)) + " / " + text(divisor))).toString();
  }

  /** The sum or difference as stored, if it is in range. */
  static String bigChecked(String stored) {
    bigFitted(unscaled(stored), text(unscaled(stored)));
    return stored;
  }

  static BigDecimal rounded(BigDecimal value, long digits, RoundingMode mode) {
    int scale = (int) Math.max(-40, Math.min(SCALE, digits));
    return fitted(value.setScale(scale, mode), "ROUND(" + text(value) + ", " + digits + ")");
  }

  static String bigRounded(String stored, long digits, RoundingMode mode) {
    int scale = (int) Math.max(-40, Math.min(BIG_SCALE, digits));
    BigDecimal value = unscaled(stored).setScale(scale, mode);
    return scaled(bigFitted(value, "ROUND(" + text(unscaled(stored)) + ", " + digits + ")"))
        .toString();
  }

  static double rounded(double value, long digits, RoundingMode mode) {
    if (Double.isNaN(value) || Double.isInfinite(value) || digits > 400) {
      return value;
    }
    int scale = (int) Math.max(-400, digits);
    // The exact binary value decides: 2.675 is below the half and rounds to 2.67.
    return new BigDecimal(value).setScale(scale, mode).doubleValue();
  }

  static BigDecimal limited(BigDecimal value, long precision, long scale) {
    BigDecimal rounded = value.setScale((int) scale, RoundingMode.HALF_UP);
    if (rounded.unscaledValue().abs().compareTo(BigInteger.TEN.pow((int) precision)) >= 0) {
      throw new ArithmeticException(
          "NUMERIC("
              + precision
              + ", "
              + scale
              + ") has precision "
              + precision
              + " and scale "
              + scale
              + " but got a value that is not in range");
    }
    return rounded;
  }

  /** Any finite FLOAT64 as the nearest NUMERIC. */
  static BigDecimal ofFloat(double value) {
    return fitted(finite(value, "NUMERIC"), FloatText.of(value));
  }

  static String bigOfFloat(double value) {
    return scaled(bigFitted(finite(value, "BIGNUMERIC"), FloatText.of(value))).toString();
  }

  private static BigDecimal finite(double value, String type) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw new ArithmeticException(
          "Illegal conversion of non-finite floating point number to "
              + type
              + ": "
              + FloatText.of(value));
    }
    return new BigDecimal(value, MathContext.UNLIMITED);
  }

  /** As BigQuery casts it to STRING: no trailing zeros, no exponent. */
  public static String text(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}
