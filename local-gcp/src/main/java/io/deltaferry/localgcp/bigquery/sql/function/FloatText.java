package io.deltaferry.localgcp.bigquery.sql.function;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * FLOAT64 as BigQuery casts it to STRING: 15 digits, or 17 where those do not read back as the same
 * number, exponents as C's {@code %g} writes them.
 */
public final class FloatText {
  private static final int SHORT = 15;
  private static final int EXACT = 17;

  private FloatText() {}

  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    BigDecimal shorter = new BigDecimal(value).round(new MathContext(SHORT));
    return shorter.doubleValue() == value
        ? general(shorter, SHORT)
        : general(new BigDecimal(value).round(new MathContext(EXACT)), EXACT);
  }

  private static String general(BigDecimal value, int precision) {
    if (value.signum() == 0) {
      return "0";
    }
    BigDecimal digits = value.stripTrailingZeros();
    int exponent = digits.precision() - digits.scale() - 1;
    if (exponent >= -4 && exponent < precision) {
      return digits.toPlainString();
    }
    String mantissa = digits.scaleByPowerOfTen(-exponent).toPlainString();
    return String.format("%se%s%02d", mantissa, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }
}
