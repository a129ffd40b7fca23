package io.deltaferry.plan;

import io.deltaferry.type.CursorKind;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * From where a run reads, and why.
 *
 * @param low null for everything, rows without a cursor included
 * @param merged what the last run merged when it read from this very low; null otherwise
 */
public record LowWatermark(@Nullable String low, Reason reason, @Nullable MergedDelta merged) {
  LowWatermark(@Nullable String low, Reason reason) {
    this(low, reason, null);
  }

  /**
   * A delta that stands in the target.
   *
   * @param digest of its rows
   * @param shown MAX(cursor) of the target: when somebody restores an older one, the rows above
   *     have to be merged again
   */
  public record MergedDelta(String digest, String shown) {}

  /** Why the run reads from there. */
  public enum Reason {
    /** The target does not exist. */
    NO_TARGET,
    /** The target has no row with a cursor. */
    EMPTY_TARGET,
    /** The table's definition, or its cursor's type, is not the one the state belongs to. */
    DEFINITION_CHANGED,
    /** The state has no watermark, because a change of the target voided it. */
    NO_WATERMARK,
    /** The target was made by another tool; reading starts a lateness below its maximum. */
    ADOPTED,
    /** The target's maximum lies below the state: someone restored it. */
    TARGET_RESTORED,
    /** Where the last run left off. */
    STATE
  }

  /**
   * Decides (requirement 1; architecture, "The safe bound").
   *
   * @param max MAX(cursor) of the target, null when it has none or does not exist
   * @param clock the database's
   */
  public static LowWatermark decide(
      boolean targetExists,
      @Nullable TableState state,
      String definitionHash,
      CursorKind kind,
      @Nullable String max,
      Instant clock,
      Duration lateness) {
    if (!targetExists) {
      return new LowWatermark(null, Reason.NO_TARGET);
    }
    if (max == null) {
      return new LowWatermark(null, Reason.EMPTY_TARGET);
    }
    if (state == null) {
      return new LowWatermark(Watermark.adopt(kind, max, clock, lateness), Reason.ADOPTED);
    }
    String remembered = state.nextLow();
    if (!definitionHash.equals(state.definitionHash())
        || (remembered != null && !kind.reads(remembered))) {
      return new LowWatermark(null, Reason.DEFINITION_CHANGED);
    }
    if (remembered == null) {
      return new LowWatermark(null, Reason.NO_WATERMARK);
    }
    String low = Watermark.lower(kind, remembered, max);
    if (!low.equals(remembered)) {
      return new LowWatermark(low, Reason.TARGET_RESTORED);
    }
    String digest = low.equals(state.deltaLow()) ? state.deltaDigest() : null;
    return new LowWatermark(
        low, Reason.STATE, digest == null ? null : new MergedDelta(digest, max));
  }

  /**
   * Whether the target shows these very rows already.
   *
   * @param digest of the delta, or null when it has none
   * @param high its largest cursor, or null when no row has a finite one
   */
  public boolean stands(CursorKind kind, @Nullable String digest, @Nullable String high) {
    return merged != null
        && merged.digest().equals(digest)
        && (high == null
            || CursorPosition.parse(kind, high)
                    .compareTo(CursorPosition.parse(kind, merged.shown()))
                <= 0);
  }

  /** For a log: the low watermark, or that everything is read. */
  public String describe() {
    return "from " + (low == null ? "the beginning" : low) + " (" + reason + ")";
  }
}
