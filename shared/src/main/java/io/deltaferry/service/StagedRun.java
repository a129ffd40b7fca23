package io.deltaferry.service;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;

/**
 * A run whose data is visible: its plan and its manifest, read from the bucket.
 *
 * @param manifestHash names the work of the later stages; twelve hex digits
 */
public record StagedRun(RunPlan plan, Manifest manifest, String manifestHash) {
  /**
   * Reads both.
   *
   * @throws DeltaferryException STAGING_CORRUPT when one is missing or they do not belong together
   */
  public static StagedRun read(ControlStore control, RunId run) {
    String planText = required(control, ObjectNames.plan(run));
    String manifestText = required(control, ObjectNames.manifest(run));
    RunPlan plan = RunJson.read(ObjectNames.plan(run), planText, RunPlan.class);
    Manifest manifest = RunJson.read(ObjectNames.manifest(run), manifestText, Manifest.class);
    if (!manifest.planHash().equals(RunJson.hash(planText))) {
      throw new DeltaferryException(
          ErrorCode.STAGING_CORRUPT,
          ObjectNames.manifest(run)
              + " belongs to another plan than "
              + ObjectNames.plan(run)
              + "; one of them was changed by hand. Ask for the table again");
    }
    return new StagedRun(plan, manifest, RunJson.hash(manifestText));
  }

  /** The name of a stage's job for this run, from the work and never from code or SQL text. */
  public String jobName(String stage) {
    return "df_" + stage + "_" + plan.table() + "_" + plan.seq() + "_" + manifestHash;
  }

  /**
   * The object's text.
   *
   * @throws DeltaferryException STAGING_CORRUPT when it is missing
   */
  public static String required(ControlStore control, String name) {
    return control
        .read(name)
        .orElseThrow(
            () ->
                new DeltaferryException(
                    ErrorCode.STAGING_CORRUPT,
                    name
                        + " is missing; a lifecycle rule or a person removed it. Ask for the table again"));
  }
}
