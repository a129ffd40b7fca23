package io.deltaferry.copy;

import java.io.Serial;
import java.util.Objects;

/** One of the pipeline's threads failed; the cause is what it failed with. */
final class PipelineFailure extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  PipelineFailure(Throwable cause) {
    super(cause);
  }

  Throwable reason() {
    return Objects.requireNonNull(getCause());
  }
}
