package io.deltaferry.cli.deadletter;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.RunOptions;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.table.SyncMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the bucket knows of the run that a dead letter is about.
 *
 * @param requestId that started it; null when its plan does not say
 * @param planned what it was to do
 * @param outcome null when it has no end
 */
record RunState(
    RunId run, @Nullable String requestId, Planned planned, @Nullable SyncOutcome outcome) {

  /** Empty when there is no such run. */
  static Optional<RunState> of(ControlStore control, DeadLetter letter) {
    if (letter.content() instanceof Content.Unreadable || letter.table() == null) {
      return Optional.empty();
    }
    if (letter.run() != null) {
      return of(control, new RunId(letter.table(), letter.run()));
    }
    return letter.content() instanceof Content.Request request
        ? KnownRun.of(control, letter.table()).stream()
            .filter(run -> run.requestId().equals(request.requestId()))
            .findFirst()
            .flatMap(run -> of(control, run.id()))
        : Optional.empty();
  }

  /** Its request's name from the plan object's metadata: the plan may be what has failed. */
  private static Optional<RunState> of(ControlStore control, RunId run) {
    return control.list(ObjectNames.plan(run), 1).stream()
        .findFirst()
        .map(
            plan ->
                new RunState(
                    run,
                    plan.metadata().get(KnownRun.REQUEST_ID),
                    planned(control, plan.name()),
                    EndOfRun.read(control, run).map(EndOfRun::outcome).orElse(null)));
  }

  private static Planned planned(ControlStore control, String plan) {
    try {
      return control
          .read(plan)
          .map(text -> RunJson.read(plan, text, Planned.class))
          .orElse(Planned.NOTHING);
    } catch (DeltaferryException e) {
      if (e.code() == ErrorCode.STAGING_CORRUPT) {
        return Planned.NOTHING;
      }
      throw e;
    }
  }

  /**
   * As much of a plan as is wanted here.
   *
   * @param mode null when it could not be planned
   * @param asked null likewise
   */
  record Planned(@Nullable SyncMode mode, @Nullable RunOptions asked) {
    static final Planned NOTHING = new Planned(null, null);

    /** The same once more. */
    ExtractRequest again(String table, @Nullable String requestId) {
      return new ExtractRequest(table, mode, requestId, asked == null ? RunOptions.NONE : asked);
    }
  }
}
