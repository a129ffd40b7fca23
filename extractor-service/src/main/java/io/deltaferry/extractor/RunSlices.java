package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SliceRequest;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Outcome;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Slice;
import io.deltaferry.run.SliceTree;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.StagedRun;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Extracts a planned run: a small one at once, a large one slice by slice, each by a message. */
final class RunSlices {
  private static final Logger log = LoggerFactory.getLogger(RunSlices.class);

  private final ControlStore control;
  private final ExtractSlice slices;
  private final CompleteRun completion;
  private final RunEnd runEnd;
  private final Consumer<RunPlan> permit;

  /**
   * Takes the ports.
   *
   * @param permit refuses plans of which nothing more may be read
   */
  RunSlices(
      ControlStore control,
      ExtractSlice slices,
      CompleteRun completion,
      RunEnd runEnd,
      Consumer<RunPlan> permit) {
    this.control = control;
    this.slices = slices;
    this.completion = completion;
    this.runEnd = runEnd;
    this.permit = permit;
  }

  /**
   * Starts the run, or goes on with it; what was done before is not done again.
   *
   * @param expiry quiet time after which others may take the run over
   */
  void start(RunPlan plan, String planText, Duration expiry) {
    if (completion.isComplete(plan.run())) {
      return;
    }
    permit.accept(plan);
    adopt(plan.run(), plan.slicing());
    List<Slice> planned = plan.slicing().slices();
    if (planned.size() == 1) {
      slices
          .extract(plan, planned.get(0), expiry)
          .ifPresent(outcome -> goOn(plan, planText, outcome));
    } else {
      completion.goOn(plan, planText, chain -> true);
    }
  }

  private void goOn(RunPlan plan, String planText, Outcome only) {
    if (only instanceof Receipt receipt) {
      completion.finish(plan, planText, List.of(receipt));
    } else {
      completion.goOn(plan, planText, chain -> true);
    }
  }

  /** The outcomes of the run that was abandoned within the same plan are this one's too. */
  private void adopt(RunId run, Slicing slicing) {
    Long adopted = slicing.adopts();
    while (adopted != null) {
      RunId abandoned = new RunId(run.table(), adopted);
      SliceTree.copy(control, abandoned, run);
      String name = ObjectNames.plan(abandoned);
      // It may itself have been given up before it had adopted all.
      adopted =
          control
              .read(name)
              .map(text -> RunJson.read(name, text, RunPlan.class).slicing().adopts())
              .orElse(null);
    }
  }

  /** Extracts the slice that is asked for, and goes on from there. */
  void take(SliceRequest request, Duration expiry) {
    RunId run = new RunId(request.table(), request.seq());
    MDC.put("run", Long.toString(run.seq()));
    if (runEnd.of(run).isPresent()) {
      log.info("run {} has ended; nobody needs slice {} of it", run, request.slice());
      return;
    }
    if (control.list(ObjectNames.controlPrefix(run), 1).isEmpty()) {
      log.warn("there is no run {}; nobody needs slice {} of it", run, request.slice());
      return;
    }
    // A run without its plan would be live, and in the way of the next one until it expires.
    runEnd.endingOnFailure(
        run, () -> take(request, run, StagedRun.required(control, ObjectNames.plan(run)), expiry));
  }

  private void take(SliceRequest request, RunId run, String planText, Duration expiry) {
    if (!RunJson.hash(planText).equals(request.planHash())) {
      throw new DeltaferryException(
          ErrorCode.STAGING_CORRUPT,
          ObjectNames.plan(run)
              + " is not the plan that slice "
              + request.slice()
              + " belongs to; it was changed by hand. Ask for the table again");
    }
    RunPlan plan = RunJson.read(ObjectNames.plan(run), planText, RunPlan.class);
    if (!completion.isComplete(run)) {
      permit.accept(plan);
      int chain = plan.slicing().chain(request.slice());
      slices
          .extract(plan, slice(plan, request.slice()), expiry)
          .ifPresent(outcome -> completion.goOn(plan, planText, other -> other == chain));
    }
  }

  private Slice slice(RunPlan plan, String path) {
    int half = path.lastIndexOf('.');
    List<Slice> siblings =
        half < 0
            ? plan.slicing().slices()
            : SliceTree.halves(control, plan.run(), path.substring(0, half));
    return siblings.stream()
        .filter(slice -> slice.path().equals(path))
        .findFirst()
        .orElseThrow(
            () ->
                new DeltaferryException(
                    ErrorCode.MESSAGE_INVALID,
                    "run "
                        + plan.run()
                        + " has no slice "
                        + path
                        + "; nobody asks so but by hand"));
  }
}
