package io.deltaferry.copy;

import java.time.Duration;

/**
 * How an extraction runs.
 *
 * @param partBytes compressed size at which the next part begins
 * @param compressors threads that compress
 * @param budget after which the extraction cancels itself and fails as TRANSIENT
 */
public record CopySettings(long partBytes, int compressors, Duration budget) {
  public CopySettings {
    if (partBytes < 1 || compressors < 1 || budget.isNegative() || budget.isZero()) {
      throw new IllegalArgumentException("part size, compressors and budget are positive");
    }
  }
}
