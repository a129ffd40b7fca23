package io.deltaferry.service;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A request that met a live run, as a listing of the bucket shows it.
 *
 * @param met the run
 * @param asksFor as {@link ExtractRequest#asksFor}
 * @param since when it was written down, by the bucket's clock
 * @param object that holds it
 */
record KeptRequest(RunId met, String id, String asksFor, Instant since, String object) {
  static Optional<KeptRequest> of(StoredObject object) {
    return ObjectNames.metBy(object.name())
        .map(
            met ->
                new KeptRequest(
                    met,
                    ObjectNames.requestOf(object.name()),
                    KnownRun.asksFor(object.metadata()),
                    object.created(),
                    object.name()));
  }

  boolean isTick() {
    return ExtractRequest.isTick(id);
  }

  /** Whether it has been published again, and has met a later run. */
  boolean wentOn(List<KeptRequest> all) {
    return all.stream().anyMatch(other -> other.id.equals(id) && other.met.seq() > met.seq());
  }
}
