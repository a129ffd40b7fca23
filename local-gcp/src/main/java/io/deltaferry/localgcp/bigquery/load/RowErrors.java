package io.deltaferry.localgcp.bigquery.load;

import io.deltaferry.localgcp.bigquery.load.LoadResult.LoadError;
import java.util.ArrayList;
import java.util.List;

/** The refused rows of one load, and when there are too many of them. */
final class RowErrors {
  /** BigQuery also reports only the first few. */
  private static final int REPORTED = 20;

  private final long allowed;
  private final List<LoadError> errors = new ArrayList<>();
  private long count;

  RowErrors(long allowed) {
    this.allowed = allowed;
  }

  void add(String uri, String message) {
    count++;
    if (errors.size() < REPORTED) {
      errors.add(
          new LoadError(
              "invalid",
              uri,
              "Error while reading data, error message: " + message + " File: " + uri));
    }
  }

  boolean tooMany() {
    return count > allowed;
  }

  long count() {
    return count;
  }

  /** What the job reports; a failed one begins with a summary, which is its error result. */
  List<LoadError> report(long rows) {
    if (!tooMany()) {
      return errors;
    }
    List<LoadError> report = new ArrayList<>();
    report.add(
        new LoadError(
            "invalid",
            errors.get(0).location(),
            "Error while reading data, error message: CSV processing encountered too many errors,"
                + " giving up. Rows: "
                + (rows + count)
                + "; errors: "
                + count
                + "; max bad: "
                + allowed
                + "; error percent: 0"));
    report.addAll(errors);
    return report;
  }
}
