package io.deltaferry.plan;

import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From where the next increment reads. Everything visible is extracted now; what could still commit
 * with an older stamp is read again next time, which the merge makes harmless.
 *
 * <p>The bound is a clock reading less {@code lateness}; reading the transactions in flight would
 * make it exact, and takes its place here.
 */
public final class Watermark {
  /** How far back an id from a sequence may still commit; ids are taken before the commit. */
  static final long ID_LATENESS = 10_000;

  private static final Duration ANY_ZONE = Duration.ofDays(1);

  /** Local clocks show this much of a night twice when summer ends. */
  private static final Duration FALL_BACK = Duration.ofHours(1);

  private Watermark() {}

  /**
   * The next low watermark: min(high, clock - lateness), as far as the cursor's kind allows.
   *
   * @param high the largest cursor of the run, or null when no row had one
   * @param low the run's own low watermark, or null when it read everything
   * @param clock the database's clock, read before the snapshot was taken
   * @return a value that is never above high; null when nothing is known
   */
  public static @Nullable String next(
      CursorKind kind,
      @Nullable String high,
      @Nullable String low,
      Instant clock,
      Duration lateness) {
    if (high == null) {
      return low;
    }
    CursorPosition top = CursorPosition.parse(kind, high);
    return switch (kind) {
      case TIMESTAMPTZ -> top.min(CursorPosition.at(kind, clock.minus(lateness))).text();
      // Written in a zone nobody has told us: only distances within the column mean anything.
      case TIMESTAMP ->
          top.min(CursorPosition.at(kind, clock)).minus(lateness).minus(FALL_BACK).text();
      case DATE -> top.min(CursorPosition.at(kind, clock.minus(lateness).minus(ANY_ZONE))).text();
      case SMALLINT, INTEGER, BIGINT, XID8 -> top.minus(ID_LATENESS).text();
    };
  }

  /**
   * Where a target that another tool made is taken over: its own maximum less the lateness.
   *
   * @param max MAX(cursor) of the target
   * @param clock the database's
   * @return null when the maximum lies in the future, and so says nothing about progress
   */
  public static @Nullable String adopt(
      CursorKind kind, String max, Instant clock, Duration lateness) {
    CursorPosition top = CursorPosition.parse(kind, max);
    if (kind.holdsMoments() && top.compareTo(CursorPosition.at(kind, clock.plus(ANY_ZONE))) > 0) {
      return null;
    }
    return switch (kind) {
      case TIMESTAMPTZ -> top.minus(lateness).text();
      case TIMESTAMP -> top.minus(lateness).minus(FALL_BACK).text();
      case DATE -> top.minus(ANY_ZONE.plus(lateness).toDays() + 1).text();
      case SMALLINT, INTEGER, BIGINT, XID8 -> top.minus(ID_LATENESS).text();
    };
  }

  /**
   * The smaller of what the state remembers and what the target shows: someone may have restored an
   * older target.
   */
  public static String lower(CursorKind kind, String remembered, String shown) {
    return CursorPosition.parse(kind, remembered).min(CursorPosition.parse(kind, shown)).text();
  }
}
