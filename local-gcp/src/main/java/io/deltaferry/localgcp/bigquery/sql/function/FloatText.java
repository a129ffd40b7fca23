package io.deltaferry.localgcp.bigquery.sql.function;

import java.math.BigDecimal;

/**
 * FLOAT64 as BigQuery casts it to STRING: the shortest text that reads back, exponents as C writes
 * them.
 */
public final class FloatText {
  private FloatText() {}

  public static String of(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = shortest(value);
    int exponent = shortest.precision() - shortest.scale() - 1;
    String sign = shortest.signum() < 0 ? "-" : "";
    if (exponent >= -5 && exponent < 15) {
      return shortest.toPlainString();
    }
    String digits = shortest.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return sign + mantissa + (exponent < 0 ? "e-" : "e+") + power;
  }

  // Before JDK 19 Double.toString is sometimes one digit too long: try fewer digits first.
  private static BigDecimal shortest(double value) {
    BigDecimal exact = new BigDecimal(value);
    for (int digits = 15; digits < 17; digits++) {
      BigDecimal shorter = exact.round(new java.math.MathContext(digits));
      if (shorter.doubleValue() == value) {
        return shorter.stripTrailingZeros();
      }
    }
    return exact.round(new java.math.MathContext(17)).stripTrailingZeros();
  }
}
