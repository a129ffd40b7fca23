package io.deltaferry.bound;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A moment before which every transaction has ended: no row that a later snapshot misses carries an
 * older stamp of the database.
 *
 * @param at null when it is not known
 * @param pin what keeps it from being the clock, or null
 */
public record Bound(@Nullable Instant at, BoundReason reason, @Nullable Pin pin) {

  /** The oldest transaction. */
  public record Pin(int pid, Instant since) {}

  /**
   * Decides (architecture, "The safe bound"): the clock or the oldest transaction, less the margin.
   *
   * @param margin for clocks that are set back, and for the time between a message's arrival and
   *     its showing in the activity
   * @param previous the last bound that was known: what is prepared now had not begun then, or was
   *     counted, or had been prepared earlier still
   */
  public static Bound of(Activity activity, Duration margin, @Nullable Instant previous) {
    if (activity.replica() != null) {
      return unknown(BoundReason.REPLICA);
    }
    List<Activity.Session> counted =
        activity.sessions().stream().filter(Activity.Session::counts).toList();
    if (counted.stream().anyMatch(Activity.Session::isHidden)) {
      return unknown(BoundReason.SESSIONS_HIDDEN);
    }
    if (counted.stream().anyMatch(Activity.Session::isUntracked)) {
      return unknown(BoundReason.SESSIONS_UNTRACKED);
    }
    Pin pin = oldest(counted).orElse(null);
    Instant at = min(activity.clock(), pin == null ? null : pin.since()).minus(margin);
    if (activity.prepared() == 0) {
      return new Bound(at, BoundReason.KNOWN, pin);
    }
    return previous == null
        ? unknown(BoundReason.PREPARED_EARLIER)
        : new Bound(min(at, previous), BoundReason.PREPARED, pin);
  }

  private static Bound unknown(BoundReason reason) {
    return new Bound(null, reason, null);
  }

  private static Optional<Pin> oldest(List<Activity.Session> sessions) {
    return sessions.stream()
        .flatMap(
            session ->
                Optional.ofNullable(session.since())
                    .map(since -> new Pin(session.pid(), since))
                    .stream())
        .min(Comparator.comparing(Pin::since));
  }

  private static Instant min(Instant one, @Nullable Instant other) {
    return other == null || one.isBefore(other) ? one : other;
  }
}
