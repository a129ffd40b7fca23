package io.deltaferry.gcp;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A job's error message without the values of rows, which BigQuery quotes in it. Column, position,
 * file and row number stay; the whole message can be read in the job itself.
 */
final class RedactedMessage {
  private static final String HIDDEN = "…";

  /** Whatever a value contains, it ends at the last quote of its kind. */
  private static final List<Pattern> QUOTED =
      List.of(
          Pattern.compile("(?<=Could not parse )'.*'(?= as )", Pattern.DOTALL),
          Pattern.compile("(?<=with message )'.*'", Pattern.DOTALL),
          Pattern.compile("(?<=[Vv]alue: ).*?(?=( at \\[\\d+:\\d+])?$)", Pattern.DOTALL),
          Pattern.compile(
              "(?<=Invalid (date|timestamp|datetime|time|NUMERIC value|BIGNUMERIC value): ).*",
              Pattern.DOTALL),
          Pattern.compile("(?<=: )[\"'].*[\"']", Pattern.DOTALL));

  private RedactedMessage() {}

  static String of(String message) {
    // Our own assertions hold no values and must stay whole.
    if (message.contains("Assertion failed")) {
      return message;
    }
    String redacted = message;
    for (Pattern pattern : QUOTED) {
      redacted = pattern.matcher(redacted).replaceAll(HIDDEN);
    }
    return redacted;
  }
}
