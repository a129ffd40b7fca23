package io.deltaferry.plan;

import io.deltaferry.bound.LogLook;
import io.deltaferry.sql.Window;
import io.deltaferry.type.CursorKind;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From where a run reads, and why.
 *
 * @param low null for everything, rows without a cursor included
 * @param merged what the last run merged when it read from this very low; null otherwise
 * @param seen rows below it have been read before, where that is more than low says; null otherwise
 */
public record LowWatermark(
    @Nullable String low, Reason reason, @Nullable MergedDelta merged, @Nullable String seen) {
  /** A low watermark below which nothing is known. */
  public LowWatermark(@Nullable String low, Reason reason) {
    this(low, reason, null, null);
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
    /** The run's mode reads everything. */
    ALL_ROWS,
    /** Somebody named the window. */
    ASKED,
    /** A backfill's turn is there. */
    PERIOD,
    /** The target does not exist. */
    NO_TARGET,
    /** The target has no row with a cursor. */
    EMPTY_TARGET,
    /** The table's definition, or its cursor's type, is not the one the state belongs to. */
    DEFINITION_CHANGED,
    /** Another table than the state is about has the target's name: someone made it anew. */
    TARGET_REPLACED,
    /** The state has no watermark, because a change of the target voided it. */
    NO_WATERMARK,
    /** The target lacks the cursor, or a column whose values old rows are to have too. */
    COLUMN_ADDED,
    /** The target's columns cannot become the source's in place: it is built anew. */
    SCHEMA_CHANGED,
    /**
     * A table of which the source did not consist holds rows below the watermark: somebody has
     * attached a partition, or has made the source's table anew.
     */
    TABLE_ATTACHED,
    /** The target was made by another tool; reading starts a lateness below its maximum. */
    ADOPTED,
    /** The target's maximum lies below the state: someone restored it. */
    TARGET_RESTORED,
    /** The database counts fewer transactions than it did: someone restored it. */
    SOURCE_RESTORED,
    /** The log has lost entries that nobody has read. */
    LOG_PRUNED,
    /** The log was truncated, rewritten or made anew, or its numbers went back. */
    LOG_REPLACED,
    /** Where the last run left off. */
    STATE
  }

  /**
   * Decides (requirement 1; architecture, "The safe bound").
   *
   * @param targetCreated which table the target is; null when it does not exist
   * @param max MAX(cursor) of the target, null when it has none or does not exist
   * @param watermark of the run that is planned
   */
  public static LowWatermark decide(
      @Nullable Instant targetCreated,
      @Nullable TableState state,
      String definitionHash,
      @Nullable String max,
      Watermark watermark) {
    CursorKind kind = watermark.kind();
    if (targetCreated == null) {
      return new LowWatermark(null, Reason.NO_TARGET);
    }
    if (max == null) {
      return new LowWatermark(null, Reason.EMPTY_TARGET);
    }
    if (state == null) {
      return new LowWatermark(watermark.adopt(max), Reason.ADOPTED);
    }
    if (!targetCreated.equals(state.targetCreated())) {
      return new LowWatermark(null, Reason.TARGET_REPLACED);
    }
    String remembered = state.nextLow();
    if (!definitionHash.equals(state.definitionHash())
        || (remembered != null && !kind.reads(remembered))) {
      return new LowWatermark(null, Reason.DEFINITION_CHANGED);
    }
    if (remembered == null) {
      return new LowWatermark(null, Reason.NO_WATERMARK);
    }
    if (kind == CursorKind.XID8 && watermark.bound().history().isBehind(state.bounds())) {
      return new LowWatermark(null, Reason.SOURCE_RESTORED);
    }
    String low = Watermark.lower(kind, remembered, max);
    if (!low.equals(remembered)) {
      // The restored run's own watermark may have been below its newest row, and is not known.
      return new LowWatermark(watermark.adopt(max), Reason.TARGET_RESTORED);
    }
    String digest = low.equals(state.deltaLow()) ? state.deltaDigest() : null;
    return new LowWatermark(
        low,
        Reason.STATE,
        digest == null ? null : new MergedDelta(digest, max),
        seen(kind, low, state.high()));
  }

  /**
   * Whether rows are gone from a target that its state counts as read: somebody has emptied or
   * restored it.
   *
   * @param max MAX(cursor) of the target, null when it has none
   */
  public static boolean lacksRows(TableState state, CursorKind kind, @Nullable String max) {
    String remembered = state.nextLow();
    return remembered != null
        && kind.reads(remembered)
        && (max == null || !Watermark.lower(kind, remembered, max).equals(remembered));
  }

  /**
   * Decides for a table whose changes a log tells: from which entry on it is read. Null reads the
   * table as a whole.
   *
   * @param targetCreated which table the target is; null when it does not exist
   * @param empty whether the target has no rows
   * @param now what the log shows
   */
  public static LowWatermark ofLog(
      @Nullable Instant targetCreated,
      boolean empty,
      @Nullable TableState state,
      String definitionHash,
      LogLook now) {
    if (targetCreated == null) {
      return new LowWatermark(null, Reason.NO_TARGET);
    }
    if (empty) {
      return new LowWatermark(null, Reason.EMPTY_TARGET);
    }
    if (state == null) {
      return new LowWatermark(null, Reason.NO_WATERMARK);
    }
    if (!targetCreated.equals(state.targetCreated())) {
      return new LowWatermark(null, Reason.TARGET_REPLACED);
    }
    String low = state.nextLow();
    CursorKind kind = now.look().cursor().kind();
    if (!definitionHash.equals(state.definitionHash()) || (low != null && !kind.reads(low))) {
      return new LowWatermark(null, Reason.DEFINITION_CHANGED);
    }
    LogSeen before = state.bounds().log();
    if (low == null || before == null) {
      return new LowWatermark(null, Reason.NO_WATERMARK);
    }
    Optional<Reason> lost = before.lost(now, low, state.high());
    return lost.map(why -> new LowWatermark(null, why))
        .orElseGet(() -> fromEntry(kind, low, state));
  }

  private static LowWatermark fromEntry(CursorKind kind, String low, TableState state) {
    String digest = low.equals(state.deltaLow()) ? state.deltaDigest() : null;
    String high = state.high();
    return new LowWatermark(
        low,
        Reason.STATE,
        digest == null || high == null ? null : new MergedDelta(digest, high),
        seen(kind, low, high));
  }

  private static @Nullable String seen(CursorKind kind, String low, @Nullable String high) {
    return high != null
            && kind.reads(high)
            && CursorPosition.parse(kind, high).compareTo(CursorPosition.parse(kind, low)) > 0
        ? high
        : null;
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

  /** Which rows the run reads. */
  public Window window() {
    return window(null);
  }

  /**
   * Which rows the run reads.
   *
   * @param until where they end, exclusive; null for no end
   */
  public Window window(@Nullable String until) {
    return new Window(low, until, seen);
  }

  /** For a log: the low watermark, or that everything is read. */
  public String describe() {
    return "from " + (low == null ? "the beginning" : low) + " (" + reason + ")";
  }
}
