package io.deltaferry.localgcp.bigquery.load;

import java.io.Serial;

/** A row that is not CSV, or not of the table's shape; the message is BigQuery's wording. */
final class MalformedRowException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  MalformedRowException(String message) {
    super(message, null, false, false);
  }

  @Override
  public String getMessage() {
    return String.valueOf(super.getMessage());
  }
}
