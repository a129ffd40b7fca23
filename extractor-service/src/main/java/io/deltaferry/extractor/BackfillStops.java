package io.deltaferry.extractor;

import io.deltaferry.plan.BackfillStep;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.StoredObject;
import java.time.Instant;
import java.util.Comparator;

/**
 * What ends the backfills of a table, by the bucket's clock alone: a stop that was written down
 * later than they were asked for.
 *
 * @param table its name
 */
record BackfillStops(ControlStore control, String table) {
  private static final int MANY = 1_000;

  /**
   * Since when a stop ends what a request asks for. One that waited was written down when it met a
   * live run. Any other is asked for now: each stop that is there was before it.
   */
  Instant since(String requestId) {
    return control.list(ObjectNames.pendingPrefix(table), MANY).stream()
        .filter(object -> ObjectNames.metBy(object.name()).isPresent())
        .filter(object -> ObjectNames.requestOf(object.name()).equals(requestId))
        .map(StoredObject::created)
        .min(Comparator.naturalOrder())
        .orElseGet(this::newest);
  }

  /** The same of a backfill that goes on. */
  Instant since(BackfillStep step) {
    Instant since = step.since();
    return since == null ? created(ObjectNames.plan(new RunId(table, step.began()))) : since;
  }

  boolean isStopped(Instant since) {
    return newest().isAfter(since);
  }

  private Instant newest() {
    return created(ObjectNames.stopsPrefix(table));
  }

  private Instant created(String prefix) {
    return control.list(prefix, MANY).stream()
        .map(StoredObject::created)
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }
}
