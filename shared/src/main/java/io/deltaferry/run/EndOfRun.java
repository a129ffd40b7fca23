package io.deltaferry.run;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.RequestId;
import io.deltaferry.message.SyncOutcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The last object of a run.
 *
 * @param rows rows the run brought to the target
 * @param code why it failed, or null
 * @param message what a person reads about the failure, or null
 * @param finished by this instance's clock
 * @param next the request that goes on where the run left off, or null
 */
public record EndOfRun(
    String table,
    long seq,
    String requestId,
    SyncOutcome outcome,
    long rows,
    @Nullable ErrorCode code,
    @Nullable String message,
    Instant finished,
    @Nullable ExtractRequest next) {
  /** The end of a run that nothing goes on with. */
  public EndOfRun(
      String table,
      long seq,
      String requestId,
      SyncOutcome outcome,
      long rows,
      @Nullable ErrorCode code,
      @Nullable String message,
      Instant finished) {
    this(table, seq, requestId, outcome, rows, code, message, finished, null);
  }

  /**
   * The run's end, when it has one.
   *
   * @throws DeltaferryException STAGING_UNAVAILABLE, STAGING_CORRUPT
   */
  public static Optional<EndOfRun> read(ControlStore control, RunId run) {
    String name = ObjectNames.end(run);
    return control.read(name).map(content -> RunJson.read(name, content, EndOfRun.class));
  }

  /** Whose answer this is: a backfill has it at the end of its last run. */
  public String answers() {
    return next == null ? RequestId.ofBackfill(requestId) : RequestId.ofStep(requestId);
  }

  public RunId run() {
    return new RunId(table, seq);
  }
}
