package io.deltaferry.run;

import java.time.Instant;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One thing that happened to a run, or to a request that has none, as the ledger keeps it. Whoever
 * sees it happen again records the same event, since its id says all that tells it from others.
 *
 * @param detail tells events of one kind and run apart, such as the slice's path; empty where there
 *     can be one only
 * @param time when it happened; taken from what the run left behind where that says it
 * @param seq of the run; null for a request without one
 * @param facts further columns of the ledger by name: a String, a Long or an Instant each
 */
public record SyncEvent(
    Kind kind,
    String detail,
    Instant time,
    String table,
    @Nullable Long seq,
    @Nullable String requestId,
    Map<String, Object> facts) {
  /** What can happen. */
  public enum Kind {
    /** The run has its plan. */
    PLANNED,
    /** A slice takes long, and somebody works on it. */
    ALIVE,
    /** A slice's rows lie in the bucket. */
    SLICE_STAGED,
    /** A slice was too large, and was cut in two. */
    SLICE_SPLIT,
    /** The manifest makes all of the run's rows visible. */
    STAGED,
    /** The rows are in the temp table. */
    LOADED,
    /** The rows are in the target. */
    COMPLETED,
    /** There was nothing to merge. */
    EMPTY,
    /** The run failed for good. */
    FAILED,
    /** A newer run made it pointless. */
    SUPERSEDED,
    /** A request met a live run, and waits for its end. */
    WAITING,
    /** A later tick stands for this one. */
    SKIPPED,
    /** An attempt failed, and is repeated. */
    RETRIED,
    /** An event is not tried again. */
    DEAD_LETTERED;

    /** The name in the ledger. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public SyncEvent {
    facts = Collections.unmodifiableMap(new TreeMap<>(facts));
  }

  /** The same for whoever records it: {@code orders#7/slice_staged/0.1}. */
  public String id() {
    String id = table + "#" + (seq == null ? "-" : seq) + "/" + kind.word();
    return detail.isEmpty() ? id : id + "/" + detail;
  }
}
