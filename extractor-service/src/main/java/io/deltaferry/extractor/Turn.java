package io.deltaferry.extractor;

import io.deltaferry.run.KnownRun;
import io.deltaferry.run.RunId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a request may do now, as the table's runs stand (architecture rule 4). */
sealed interface Turn {
  /** The request has a run already: a re-delivery goes on with it. */
  record Continue(KnownRun run) implements Turn {}

  /**
   * The request may start this run.
   *
   * @param takesOver the abandoned run it replaces, or null
   * @param quiet since when nobody has worked on that; null likewise
   */
  record Start(RunId run, @Nullable Long takesOver, @Nullable Duration quiet) implements Turn {}

  /** The request has a run, on which an execution of the job is at work: it needs nothing else. */
  record Held(KnownRun run) implements Turn {}

  /** Another request's run is live. */
  record Meet(KnownRun live) implements Turn {}

  /**
   * Decides from a listing.
   *
   * @param runs newest first
   */
  static Turn of(String table, String requestId, List<KnownRun> runs) {
    Optional<KnownRun> own =
        runs.stream().filter(run -> run.requestId().equals(requestId)).findFirst();
    if (own.isPresent()) {
      return new Continue(own.get());
    }
    if (runs.isEmpty()) {
      return new Start(new RunId(table, 1), null, null);
    }
    KnownRun newest = runs.get(0);
    return newest.ended() ? after(newest) : new Meet(newest);
  }

  /** The run in the place of an abandoned one. */
  static Start inPlaceOf(KnownRun run, Duration quiet) {
    return new Start(after(run).run(), run.id().seq(), quiet);
  }

  private static Start after(KnownRun run) {
    return new Start(new RunId(run.id().table(), run.id().seq() + 1), null, null);
  }
}
