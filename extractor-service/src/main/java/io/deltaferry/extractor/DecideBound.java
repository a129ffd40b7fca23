package io.deltaferry.extractor;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Bound;
import io.deltaferry.bound.Look;
import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.PlannedDeletion;
import io.deltaferry.plan.RunBound;
import io.deltaferry.plan.Watermark;
import io.deltaferry.service.LogEvents;
import io.deltaferry.sql.Cursor;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import java.time.Duration;
import java.time.Instant;

/**
 * Reads what bounds a run's watermark, says what is worth saying of it, and holds strict tables.
 */
final class DecideBound {
  /** Younger transactions than that are everyday life, and cost next to nothing. */
  private static final Duration NOTABLE = Duration.ofMinutes(1);

  private final TableConfig table;
  private final Source.Planning source;
  private final SyncMode mode;

  DecideBound(TableConfig table, Source.Planning source, SyncMode mode) {
    this.table = table;
    this.source = source;
    this.mode = mode;
  }

  /**
   * Up to when the database shows what was committed, where no cursor needs a bound.
   *
   * @throws DeltaferryException SOURCE_BEHIND for a replica
   */
  Instant clock() {
    Activity activity = source.activity();
    requireFresh(table, activity);
    return activity.shown();
  }

  /**
   * The same for a run that deletes what the database does not show.
   *
   * @throws DeltaferryException SOURCE_BEHIND for a replica
   */
  Instant clock(PlannedDeletion deletion) {
    Activity activity = source.activity();
    requireFresh(table, activity);
    PlanReconcile.requireShown(table.name(), activity, deletion.shownFrom());
    return activity.shown();
  }

  /**
   * The watermark's limits.
   *
   * @throws DeltaferryException BOUND_UNKNOWN for a strict table, SOURCE_BEHIND for a replica
   */
  Watermark watermark(Cursor cursor, BoundHistory history) {
    return watermark(source.look(cursor), history);
  }

  /**
   * The same of what was read before.
   *
   * @throws DeltaferryException as above
   */
  Watermark watermark(Look look, BoundHistory history) {
    Activity activity = look.activity();
    requireFresh(table, activity);
    RunBound bound = RunBound.of(look, table.bound(), history);
    if (mode.movesWatermark()) {
      requireStrict(table, bound);
      tell(bound, activity);
    }
    return new Watermark(
        look.cursor().kind(),
        bound,
        activity.shown(),
        table.lateness(),
        table.bound().idLateness(),
        table.bound().strict());
  }

  /** A replica that is too far behind would only postpone what the next run brings. */
  static void requireFresh(TableConfig table, Activity activity) {
    Duration allowed = table.bound().maxReplicaLag();
    if (allowed == null) {
      return;
    }
    Duration lag = activity.lag().orElse(null);
    if (lag == null || lag.compareTo(allowed) > 0) {
      String behind =
          lag == null
              ? "behind its primary by an unknown time"
              : lag.toSeconds() + " s behind its primary";
      throw new DeltaferryException(
          ErrorCode.SOURCE_BEHIND,
          "tables.%s: the replica is %s, `max_replica_lag` is %d s; it is tried again"
              .formatted(table.name(), behind, allowed.toSeconds()));
    }
  }

  /** Better no run than one that rests on a guess. */
  static void requireStrict(TableConfig table, RunBound bound) {
    if (table.bound().strict() && !bound.reason().isExact()) {
      throw new DeltaferryException(
          ErrorCode.BOUND_UNKNOWN,
          "tables.%s is strict, and nothing but `lateness` would bound its watermark: %s"
              .formatted(table.name(), bound.reason().sentence()));
    }
  }

  private static void tell(RunBound bound, Activity activity) {
    Bound.Pin pin = bound.pin();
    if (pin != null) {
      Duration age = Duration.between(pin.since(), activity.clock());
      if (age.compareTo(NOTABLE) >= 0) {
        LogEvents.boundPinned(pin.pid(), age);
      }
    }
    if (!bound.reason().isExact()) {
      LogEvents.boundUnknown(bound.reason());
    }
  }
}
