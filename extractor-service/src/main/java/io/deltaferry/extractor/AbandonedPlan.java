package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plan of an abandoned run, where slices of it are finished. */
final class AbandonedPlan {
  private static final Logger log = LoggerFactory.getLogger(AbandonedPlan.class);

  private AbandonedPlan() {}

  /** Empty too for a run that was refused, or planned by a version that we do not understand. */
  static Optional<RunPlan> read(ControlStore control, RunId run) {
    String name = ObjectNames.plan(run);
    try {
      return KnownRun.plan(control, run)
          .filter(text -> RunJson.read(name, text, RefusedPlan.class).refused() == null)
          .map(text -> RunJson.read(name, text, RunPlan.class))
          .filter(plan -> isBegun(control, plan));
    } catch (DeltaferryException e) {
      if (e.code() != ErrorCode.STAGING_CORRUPT) {
        throw e;
      }
      log.warn("nothing is adopted from run {}: {}", run, e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isBegun(ControlStore control, RunPlan plan) {
    return plan.slicing().adopts() != null
        || !control.list(ObjectNames.slicesPrefix(plan.run()), 1).isEmpty();
  }
}
