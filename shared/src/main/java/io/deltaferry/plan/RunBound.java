package io.deltaferry.plan;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Bound;
import io.deltaferry.bound.BoundReason;
import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.Look;
import io.deltaferry.table.BoundSettings;
import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A run's bound, in time and in its cursor's own terms.
 *
 * @param at a moment before which every transaction has ended; null when it is not known
 * @param ceiling what the run does not see has no smaller cursor; null when only {@code lateness}
 *     counts
 * @param pin the transaction that keeps {@code at} from being the clock, or null
 * @param history for the next run
 */
public record RunBound(
    @Nullable Instant at,
    @Nullable String ceiling,
    BoundReason reason,
    Bound.@Nullable Pin pin,
    BoundHistory history) {
  /** Local clocks are nowhere further from UTC. */
  private static final Duration ANY_ZONE = Duration.ofDays(1);

  /** Decides; pure. */
  public static RunBound of(Look look, BoundSettings settings, BoundHistory earlier) {
    CursorRead cursor = look.cursor();
    Activity activity = look.activity();
    Bound bound = Bound.of(activity, settings.clockMargin(), earlier.at());
    BoundHistory next = earlier.with(activity, bound, cursor.highest());
    BoundReason none = unusable(cursor, settings);
    if (none == null && cursor.kind() == CursorKind.XID8) {
      return new RunBound(bound.at(), activity.xmin(), BoundReason.KNOWN, bound.pin(), next);
    }
    Instant at = bound.at();
    if (at == null || none != null) {
      // Where there is no bound at all, that is the first thing to be mended.
      BoundReason reason = at == null || none == null ? bound.reason() : none;
      return new RunBound(at, null, reason, bound.pin(), next);
    }
    String ceiling = ceiling(cursor.kind(), at, settings.cursorTimeZone(), earlier);
    BoundReason reason = ceiling == null ? BoundReason.NO_EARLIER_RUN : bound.reason();
    return new RunBound(at, ceiling, reason, bound.pin(), next);
  }

  /** With what the log is that tells of changes. */
  public RunBound remembering(LogSeen seen) {
    return new RunBound(at, ceiling, reason, pin, history.remembering(seen));
  }

  /** Why no bound of transactions says anything about this cursor; null when one does. */
  private static @Nullable BoundReason unusable(CursorRead cursor, BoundSettings settings) {
    if (cursor.origin() == CursorOrigin.SUBSCRIPTION) {
      return BoundReason.LOGICAL_REPLICATION;
    }
    return switch (cursor.kind()) {
      case SMALLINT, INTEGER, BIGINT ->
          cursor.origin() == CursorOrigin.SEQUENCE ? null : BoundReason.NO_SEQUENCE;
      case TIMESTAMP ->
          settings.cursorTimeZone() == null && stamped(cursor, settings)
              ? BoundReason.ZONE_UNKNOWN
              : unstamped(cursor, settings);
      case TIMESTAMPTZ, DATE, XID8 -> unstamped(cursor, settings);
    };
  }

  private static @Nullable BoundReason unstamped(CursorRead cursor, BoundSettings settings) {
    return stamped(cursor, settings) ? null : BoundReason.APPLICATION_STAMPS;
  }

  private static boolean stamped(CursorRead cursor, BoundSettings settings) {
    return switch (settings.stampedBy()) {
      case AUTO -> cursor.origin() == CursorOrigin.DATABASE;
      case DATABASE -> true;
      case APPLICATION -> false;
    };
  }

  /** Null for ids that no earlier run has read. */
  private static @Nullable String ceiling(
      CursorKind kind, Instant at, @Nullable ZoneId zone, BoundHistory earlier) {
    return switch (kind) {
      case TIMESTAMPTZ -> CursorPosition.at(kind, at).text();
      case TIMESTAMP, DATE -> {
        Instant local =
            zone == null ? at.minus(ANY_ZONE) : LocalBound.of(at, zone).toInstant(ZoneOffset.UTC);
        yield CursorPosition.at(kind, local).text();
      }
      case SMALLINT, INTEGER, BIGINT -> earlier.settled(at).orElse(null);
      case XID8 -> throw new IllegalArgumentException("bounded by transactions, not by time");
    };
  }

  /** How long before the clock a change may still be invisible. */
  Duration lateness(Instant clock, Duration configured) {
    if (at == null) {
      return configured;
    }
    Duration open = Duration.between(at, clock);
    return open.compareTo(configured) > 0 ? open : configured;
  }
}
