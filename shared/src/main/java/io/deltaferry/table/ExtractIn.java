package io.deltaferry.table;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a table's rows are read. */
public enum ExtractIn {
  /** In the service that a request is pushed to: what one delivery has time for. */
  SERVICE,
  /** In a job that the service starts, which has hours. */
  JOB;

  /** The name in table files, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The place of that word, or empty. */
  public static Optional<ExtractIn> of(String word) {
    return Arrays.stream(values()).filter(value -> value.word().equals(word)).findFirst();
  }
}
