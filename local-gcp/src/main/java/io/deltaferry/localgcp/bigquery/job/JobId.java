package io.deltaferry.localgcp.bigquery.job;

import io.deltaferry.localgcp.http.GoogleError;
import java.util.regex.Pattern;

/** A job's full name. */
public record JobId(String project, String job) {
  private static final Pattern VALID = Pattern.compile("[A-Za-z0-9_-]{1,1024}");

  /**
   * @throws GoogleError when the id is longer or has other characters than BigQuery accepts
   */
  public JobId {
    if (!VALID.matcher(job).matches()) {
      throw GoogleError.invalid(
          "Invalid job ID \""
              + job
              + "\". The ID must contain only letters (a-z, A-Z), numbers (0-9), underscores (_), or"
              + " dashes (-). The maximum length is 1,024 characters.");
    }
  }

  /** As BigQuery writes it in messages: {@code project:US.job}. */
  @Override
  public String toString() {
    return project + ":" + Job.LOCATION + "." + job;
  }
}
