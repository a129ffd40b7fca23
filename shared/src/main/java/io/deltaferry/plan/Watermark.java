package io.deltaferry.plan;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From where the next increment reads. Everything visible is extracted now; what could still commit
 * with an older stamp is read again next time, which the merge makes harmless.
 *
 * <p>The bound says what that is. Without one it is a clock reading less {@code lateness}, or less
 * the age of the oldest transaction where that is more.
 *
 * @param clock the database's, read before the snapshot was taken
 * @param lateness how long a change may stay invisible after the time its cursor shows
 * @param idLateness how many ids a change may stay invisible
 * @param strict whether nothing may rest on either; then a run that has no bound yet is followed by
 *     a full one
 */
public record Watermark(
    CursorKind kind,
    RunBound bound,
    Instant clock,
    Duration lateness,
    long idLateness,
    boolean strict) {
  private static final Duration ANY_ZONE = Duration.ofDays(1);

  /** Local clocks show this much of a night twice when summer ends. */
  private static final Duration FALL_BACK = Duration.ofHours(1);

  /** With what the log is that tells of changes. */
  public Watermark remembering(LogSeen seen) {
    return new Watermark(kind, bound.remembering(seen), clock, lateness, idLateness, strict);
  }

  /**
   * The next low watermark.
   *
   * @param high the largest cursor of the run, or null when no row had one
   * @param low the run's own low watermark, or null when it read everything
   * @return a value that is never above high; null when nothing is known
   */
  public @Nullable String next(@Nullable String high, @Nullable String low) {
    String ceiling = bound.ceiling();
    if (ceiling == null && bound.reason() == BoundReason.NO_EARLIER_RUN) {
      // What lay below stays settled.
      ceiling = low;
    }
    if (high == null) {
      return low == null || ceiling == null ? low : lower(kind, low, ceiling);
    }
    return ceiling == null ? late(CursorPosition.parse(kind, high)) : lower(kind, high, ceiling);
  }

  private @Nullable String late(CursorPosition top) {
    Duration late = bound.lateness(clock, lateness);
    return switch (kind) {
      case TIMESTAMPTZ -> top.min(CursorPosition.at(kind, clock.minus(late))).text();
      // Written in a zone nobody has told us: only distances within the column mean anything.
      case TIMESTAMP -> top.min(CursorPosition.at(kind, clock)).minus(late).minus(FALL_BACK).text();
      case DATE -> top.min(CursorPosition.at(kind, clock.minus(late).minus(ANY_ZONE))).text();
      case SMALLINT, INTEGER, BIGINT, XID8 -> strict ? null : top.minus(idLateness).text();
    };
  }

  /**
   * Where a target that another tool made is taken over: its own maximum less the lateness.
   *
   * @param max MAX(cursor) of the target
   * @return null when the maximum lies in the future, and so says nothing about progress
   */
  @Nullable String adopt(String max) {
    CursorPosition top = CursorPosition.parse(kind, max);
    if (kind.holdsMoments() && top.compareTo(CursorPosition.at(kind, clock.plus(ANY_ZONE))) > 0) {
      return null;
    }
    Duration late = bound.lateness(clock, lateness);
    return switch (kind) {
      case TIMESTAMPTZ -> top.minus(late).text();
      case TIMESTAMP -> top.minus(late).minus(FALL_BACK).text();
      case DATE -> top.minus(ANY_ZONE.plus(late).toDays() + 1).text();
      case SMALLINT, INTEGER, BIGINT, XID8 -> top.minus(idLateness).text();
    };
  }

  /** The smaller of two cursor values. */
  static String lower(CursorKind kind, String one, String other) {
    return CursorPosition.parse(kind, one).min(CursorPosition.parse(kind, other)).text();
  }
}
