package io.deltaferry.run;

import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The last object of a run.
 *
 * @param rows rows the run brought to the target
 * @param code why it failed, or null
 * @param message what a person reads about the failure, or null
 * @param finished by this instance's clock
 */
public record EndOfRun(
    String table,
    long seq,
    String requestId,
    SyncOutcome outcome,
    long rows,
    @Nullable ErrorCode code,
    @Nullable String message,
    Instant finished) {
  public RunId run() {
    return new RunId(table, seq);
  }
}
