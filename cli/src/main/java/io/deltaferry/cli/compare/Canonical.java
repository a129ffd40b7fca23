package io.deltaferry.cli.compare;

import java.math.BigDecimal;

/** Canonical forms that both sides share. */
final class Canonical {
  private Canonical() {}

  static String decimal(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  /** Zero has one form: the sign of zero is no difference in value. */
  static String floating(double value) {
    return Double.toString(value == 0 ? 0.0 : value);
  }

  /**
   * Texts of a PostgreSQL type with more than one spelling of one value: {@code char(n)} is padded
   * or not, an address has its full prefix length or not.
   */
  static String text(String postgresType, String text) {
    return switch (postgresType) {
      case "bpchar" -> text.replaceAll(" +$", "");
      case "inet" -> text.replaceFirst(text.indexOf(':') < 0 ? "/32$" : "/128$", "");
      default -> text;
    };
  }
}
