package io.deltaferry.service;

import io.deltaferry.copy.PartReceipt;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.run.SyncEvent.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The ledger's events, made of what a run leaves behind. None holds a row's value. */
public final class RunEvents {
  private RunEvents() {}

  /**
   * A run has its plan.
   *
   * @param expiry quiet time after which it counts as abandoned
   */
  public static SyncEvent planned(RunPlan plan, Duration expiry) {
    Map<String, Object> facts = new HashMap<>();
    facts.put("mode", plan.mode().word());
    facts.put("requested_at", plan.requestedAt());
    facts.put("read_at", plan.clock());
    facts.put("slices", (long) plan.slicing().slices().size());
    facts.put("expiry_seconds", expiry.toSeconds());
    put(facts, "estimated_rows", plan.estimatedRows());
    if (!plan.quarantined().isEmpty()) {
      facts.put("quarantined", String.join(", ", plan.quarantined()));
    }
    return of(plan, Kind.PLANNED, "", plan.plannedAt(), facts);
  }

  /** A slice takes long, and somebody works on it. */
  public static SyncEvent alive(RunPlan plan, String slice, Instant time) {
    return of(plan, Kind.ALIVE, slice + "/" + time.getEpochSecond(), time, Map.of("slice", slice));
  }

  /** A slice has its receipt. */
  public static SyncEvent sliceStaged(RunPlan plan, Receipt receipt) {
    Map<String, Object> facts =
        Map.of(
            "slice",
            receipt.slice(),
            "started_at",
            receipt.started(),
            "row_count",
            receipt.rows(),
            "byte_count",
            receipt.parts().stream().mapToLong(PartReceipt::bytes).sum());
    return of(plan, Kind.SLICE_STAGED, receipt.slice(), receipt.finished(), facts);
  }

  /**
   * A slice was cut in two; the run has one more.
   *
   * @param slice the path of the one that was cut
   */
  public static SyncEvent sliceSplit(RunPlan plan, String slice, Instant time) {
    return of(plan, Kind.SLICE_SPLIT, slice, time, Map.of("slice", slice));
  }

  /**
   * A run has its manifest.
   *
   * @param written by the bucket's clock
   */
  public static SyncEvent staged(RunPlan plan, Manifest manifest, Instant written) {
    return of(plan, Kind.STAGED, "", written, Map.of("row_count", manifest.rows()));
  }

  /** A run's rows are in its temp table. */
  public static SyncEvent loaded(RunPlan plan, long rows, Instant time) {
    return of(plan, Kind.LOADED, "", time, Map.of("row_count", rows));
  }

  /** A run has its end. */
  static SyncEvent ended(EndOfRun end) {
    Kind kind =
        switch (end.outcome()) {
          case COMPLETED -> Kind.COMPLETED;
          case EMPTY -> Kind.EMPTY;
          case FAILED -> Kind.FAILED;
          case SUPERSEDED -> Kind.SUPERSEDED;
        };
    Map<String, Object> facts = new HashMap<>();
    facts.put("row_count", end.rows());
    put(facts, "error_code", end.code() == null ? null : end.code().name());
    put(facts, "error", end.message());
    return new SyncEvent(kind, "", end.finished(), end.table(), end.seq(), end.requestId(), facts);
  }

  /** A request met a live run, and waits for its end. */
  public static SyncEvent waiting(String table, String requestId, Instant time) {
    return new SyncEvent(Kind.WAITING, requestId, time, table, null, requestId, Map.of());
  }

  /** A request for which another one stands. */
  static SyncEvent skipped(String table, String requestId, Instant time) {
    return new SyncEvent(Kind.SKIPPED, requestId, time, table, null, requestId, Map.of());
  }

  /** Where a failure met its event, as far as the stage had found out. */
  record Spot(String stage, String table, @Nullable Long seq, IncomingEvent event) {
    SyncEvent of(Kind kind, DeltaferryException failure, Instant time) {
      Map<String, Object> facts = new HashMap<>();
      facts.put("stage", stage);
      facts.put("error_code", failure.code().name());
      facts.put("error", failure.getMessage());
      Integer attempt = event.deliveryAttempt();
      put(facts, "delivery_attempt", attempt == null ? null : attempt.longValue());
      String detail = stage + "/" + name(event) + "/" + (attempt == null ? time : attempt);
      return new SyncEvent(kind, detail, time, table, seq, null, facts);
    }

    private static String name(IncomingEvent event) {
      if (event instanceof PubSubMessage message) {
        return message.messageId();
      }
      return ((ObjectFinalized) event).eventId();
    }
  }

  private static SyncEvent of(
      RunPlan plan, Kind kind, String detail, Instant time, Map<String, Object> facts) {
    return new SyncEvent(kind, detail, time, plan.table(), plan.seq(), plan.requestId(), facts);
  }

  private static void put(Map<String, Object> facts, String name, @Nullable Object value) {
    if (value != null) {
      facts.put(name, value);
    }
  }
}
