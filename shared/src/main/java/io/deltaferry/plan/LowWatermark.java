package io.deltaferry.plan;

import io.deltaferry.type.CursorKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From where a run reads, and why.
 *
 * @param low null for everything, rows without a cursor included
 */
public record LowWatermark(@Nullable String low, Reason reason) {
  /** Why the run reads from there. */
  public enum Reason {
    /** The target does not exist. */
    NO_TARGET,
    /** The target has no row with a cursor. */
    EMPTY_TARGET,
    /** The table's definition is not the one the state belongs to. */
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
   */
  public static LowWatermark decide(
      boolean targetExists,
      @Nullable TableState state,
      String definitionHash,
      CursorKind kind,
      @Nullable String max,
      Duration lateness) {
    if (!targetExists) {
      return new LowWatermark(null, Reason.NO_TARGET);
    }
    if (max == null) {
      return new LowWatermark(null, Reason.EMPTY_TARGET);
    }
    if (state == null) {
      return new LowWatermark(Watermark.adopt(kind, max, lateness), Reason.ADOPTED);
    }
    if (!definitionHash.equals(state.definitionHash())) {
      return new LowWatermark(null, Reason.DEFINITION_CHANGED);
    }
    String remembered = state.nextLow();
    if (remembered == null) {
      return new LowWatermark(null, Reason.NO_WATERMARK);
    }
    String low = Watermark.lower(kind, remembered, max);
    return new LowWatermark(low, low.equals(remembered) ? Reason.STATE : Reason.TARGET_RESTORED);
  }
}
