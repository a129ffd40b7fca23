package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.StoredObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which columns may be seen, and how: what the table's newest plan says. A plan comes into force by
 * being created, so that there is one answer for everybody.
 */
final class PolicyInForce {
  private PolicyInForce() {}

  /** All that is read of a plan; a refused one has none. */
  private record Policy(@Nullable String policyHash) {}

  /**
   * No later run was planned under another policy.
   *
   * @throws DeltaferryException POLICY_CHANGED
   */
  static void require(ControlStore control, RunPlan plan) {
    List<StoredObject> newest = control.list(ObjectNames.controlPrefix(plan.table()), 1);
    if (newest.stream().allMatch(object -> isOf(plan.run(), object))) {
      return;
    }
    later(control, plan)
        .flatMap(run -> changed(control, plan, run).stream())
        .findFirst()
        .ifPresent(
            run -> {
              throw refused(plan, run);
            });
  }

  private static boolean isOf(RunId run, StoredObject object) {
    return ObjectNames.runOf(object.name()).filter(run::equals).isPresent();
  }

  private static Stream<RunId> later(ControlStore control, RunPlan plan) {
    return KnownRun.of(control, plan.table()).stream()
        .map(KnownRun::id)
        .filter(run -> run.seq() > plan.seq());
  }

  private static Optional<RunId> changed(ControlStore control, RunPlan plan, RunId later) {
    String name = ObjectNames.plan(later);
    return control
        .read(name)
        .map(text -> RunJson.read(name, text, Policy.class).policyHash())
        .filter(policy -> !Objects.equals(policy, plan.policyHash()))
        .map(policy -> later);
  }

  private static DeltaferryException refused(RunPlan plan, RunId later) {
    return new DeltaferryException(
        ErrorCode.POLICY_CHANGED,
        "run %s was planned under other rules of exclude, hash and conversions than run %s;"
                .formatted(plan.run(), later)
            + " nothing of it is written. The later run, or the next one, brings its rows");
  }
}
