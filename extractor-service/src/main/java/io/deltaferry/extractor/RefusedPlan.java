package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.RunJson;
import org.jspecify.annotations.Nullable;

/**
 * Stands in a plan's place for a request that could not be planned, so that its run has a number.
 * Either is read as this first.
 *
 * @param takesOver as in a plan
 * @param refused why; null when the object read is a real plan
 * @param message what a person reads about it; null likewise
 */
record RefusedPlan(
    String table,
    long seq,
    String requestId,
    @Nullable Long takesOver,
    @Nullable ErrorCode refused,
    @Nullable String message) {

  /** What is written for such a request. */
  static String text(Turn.Start start, String requestId, DeltaferryException failure) {
    return RunJson.write(
        new RefusedPlan(
            start.run().table(),
            start.run().seq(),
            requestId,
            start.takesOver(),
            failure.code(),
            failure.getMessage()));
  }

  /**
   * The plan that the object really holds.
   *
   * @throws DeltaferryException what the request was refused for
   */
  RunPlan plan(String name, String planText) {
    if (refused != null) {
      throw DeltaferryException.permanent(refused, String.valueOf(message));
    }
    return RunJson.read(name, planText, RunPlan.class);
  }
}
