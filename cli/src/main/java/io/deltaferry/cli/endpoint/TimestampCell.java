package io.deltaferry.cli.endpoint;

import com.google.cloud.bigquery.FieldValue;
import java.math.BigDecimal;

/** Reads a TIMESTAMP cell, whichever of its two forms a server sends. */
public final class TimestampCell {
  private static final int MICRO_DIGITS = 6;

  private TimestampCell() {}

  /**
   * Microseconds since 1970. {@link Clients} asks for whole microseconds; a server that does not
   * honour it sends seconds with a fraction or an exponent, which whole microseconds never have.
   */
  public static long micros(FieldValue value) {
    String text = value.getStringValue();
    boolean seconds = text.chars().anyMatch(c -> c == '.' || c == 'E' || c == 'e');
    BigDecimal number = new BigDecimal(text);
    return (seconds ? number.movePointRight(MICRO_DIGITS) : number).longValueExact();
  }
}
