package io.deltaferry.plan;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.Bound;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What earlier runs of a table leave to the next one's bound; kept in the state.
 *
 * @param at the last bound that was known, or null
 * @param xmin the last one seen, or null; a smaller one shows that the database was restored
 * @param reads how far the ids had come when runs were planned, oldest first
 * @param log what the log was that tells of changes, or null
 */
public record BoundHistory(
    @Nullable Instant at, @Nullable String xmin, List<Read> reads, @Nullable LogSeen log) {
  /** Before the first run. */
  public static final BoundHistory NONE = new BoundHistory(null, null, List.of());

  /** A transaction that is open for more runs than that only costs some re-reading. */
  private static final int KEPT = 48;

  /** Of a table whose changes no log tells. */
  public BoundHistory(@Nullable Instant at, @Nullable String xmin, List<Read> reads) {
    this(at, xmin, reads, null);
  }

  public BoundHistory {
    reads = List.copyOf(reads);
  }

  /**
   * How far the ids had come.
   *
   * @param clock the database's, read after the id: who begins later takes larger ones
   */
  public record Read(Instant clock, String highest) {}

  /** Whether fewer transactions are counted here than there, which only a restore does. */
  boolean isBehind(BoundHistory other) {
    return xmin != null && other.xmin != null && Long.parseLong(xmin) < Long.parseLong(other.xmin);
  }

  /** For another cursor, whose ids nobody has read. */
  BoundHistory forgetReads() {
    return new BoundHistory(at, xmin, List.of());
  }

  /** With what the log is now. */
  BoundHistory remembering(LogSeen seen) {
    return new BoundHistory(at, xmin, reads, seen);
  }

  /**
   * The largest id below which nothing can commit any more: the newest one that was read before the
   * bound, since all transactions that began before it have ended.
   */
  Optional<String> settled(Instant bound) {
    return reads.stream()
        .filter(read -> !read.clock().isAfter(bound))
        .reduce((older, newer) -> newer)
        .map(Read::highest);
  }

  /** With what a run saw; reads that no later bound will ask for are dropped. */
  BoundHistory with(Activity activity, Bound bound, @Nullable String highest) {
    List<Read> kept = new ArrayList<>(reads);
    Instant known = bound.at();
    if (known != null) {
      while (kept.size() > 1 && !kept.get(1).clock().isAfter(known)) {
        kept.remove(0);
      }
    }
    if (highest != null) {
      kept.add(new Read(activity.clock(), highest));
    }
    while (kept.size() > KEPT) {
      kept.remove(1);
    }
    return new BoundHistory(known == null ? at : known, activity.xmin(), kept, log);
  }
}
