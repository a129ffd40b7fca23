package io.deltaferry.message;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How a run ended. */
public enum SyncOutcome {
  /** Its rows are merged. */
  COMPLETED,
  /** There was nothing to merge. */
  EMPTY,
  /** It failed permanently. */
  FAILED,
  /** A newer run made it pointless. */
  SUPERSEDED;

  /** Whether the target shows what the run read. */
  public boolean isGood() {
    return this == COMPLETED || this == EMPTY;
  }

  /** The name in messages, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The outcome of that word, or empty. */
  public static Optional<SyncOutcome> of(String word) {
    return Arrays.stream(values()).filter(outcome -> outcome.word().equals(word)).findFirst();
  }
}
