package io.deltaferry.localgcp.bigquery.type;

import java.io.Serial;

/**
 * A JSON value that does not fit its field; {@link #location} names the field with a dotted path.
 */
public final class FieldRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String location;

  FieldRefusedException(String location, String message) {
    super(message);
    this.location = location;
  }

  public String location() {
    return location;
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
