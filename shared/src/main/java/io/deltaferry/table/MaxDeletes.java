package io.deltaferry.table;

import io.deltaferry.config.WholeNumberText;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * How many rows one reconciliation may delete.
 *
 * @param number of rows, or of hundredths of all rows
 * @param share whether it counts hundredths
 */
public record MaxDeletes(BigDecimal number, boolean share) {
  private static final Pattern SHARE = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,6})?%");
  private static final BigDecimal ALL = new BigDecimal(100);

  /**
   * Reads {@code 10%} or {@code 1000}.
   *
   * @throws IllegalArgumentException when it is neither; the message goes on after the text
   */
  public static MaxDeletes parse(String text) {
    if (SHARE.matcher(text).matches()) {
      BigDecimal number = new BigDecimal(text.substring(0, text.length() - 1));
      if (number.compareTo(ALL) <= 0) {
        return new MaxDeletes(number, true);
      }
    } else if (isCount(text)) {
      return new MaxDeletes(BigDecimal.valueOf(WholeNumberText.parseLong(text)), false);
    }
    throw new IllegalArgumentException(
        "is neither a share of the rows from 0% to 100% nor a number of rows; write 10% or 1000");
  }

  private static boolean isCount(String text) {
    try {
      return WholeNumberText.parseLong(text) >= 0;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** As {@link #parse} reads it. */
  @Override
  public String toString() {
    return number.toPlainString() + (share ? "%" : "");
  }
}
