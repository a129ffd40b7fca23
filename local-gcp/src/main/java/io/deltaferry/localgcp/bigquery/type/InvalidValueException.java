package io.deltaferry.localgcp.bigquery.type;

import java.io.Serial;

/** A text that is not a value of its type; the message says why in BigQuery's manner. */
public final class InvalidValueException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** Without a stack trace: a load may meet millions of these and reports only the text. */
  public InvalidValueException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
