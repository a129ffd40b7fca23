package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.run.RunJson;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a plan's place for a request that could not be planned, so that its run has a number.
 *
 * @param refused why; null only when the object read is a real plan
 * @param message what a person reads about it; null likewise
 */
record RefusedPlan(
    String table,
    long seq,
    String requestId,
    @Nullable ErrorCode refused,
    @Nullable String message) {

  /** The refusal that a plan object holds; empty when it holds a plan. */
  static Optional<DeltaferryException> failure(String name, String planText) {
    RefusedPlan plan = RunJson.read(name, planText, RefusedPlan.class);
    ErrorCode code = plan.refused();
    return code == null
        ? Optional.empty()
        : Optional.of(new DeltaferryException(code, String.valueOf(plan.message())));
  }
}
