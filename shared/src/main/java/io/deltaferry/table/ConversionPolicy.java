package io.deltaferry.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What happens to a value that BigQuery's type cannot hold; every use of it is counted. */
public enum ConversionPolicy {
  /** The nearest value that fits. */
  CLAMP,
  /** NULL takes its place. */
  NULL,
  /** The run fails. */
  FAIL;

  /** The name in table files, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The policy of that word, or empty. */
  public static Optional<ConversionPolicy> of(String word) {
    return Arrays.stream(values()).filter(policy -> policy.word().equals(word)).findFirst();
  }
}
