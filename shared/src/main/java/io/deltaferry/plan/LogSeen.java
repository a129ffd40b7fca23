package io.deltaferry.plan;

import io.deltaferry.bound.LogLook;
import io.deltaferry.plan.LowWatermark.Reason;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a log was when a run was planned, by which the next one notices that entries are gone.
 *
 * @param oldest from which number on it had all entries; null when nobody knew
 * @param files that held them, by relation
 */
public record LogSeen(@Nullable String oldest, Map<Long, Long> files) {
  public LogSeen {
    files = Collections.unmodifiableMap(new TreeMap<>(files));
  }

  /** What a look at it shows. */
  public static LogSeen of(LogLook look) {
    return new LogSeen(oldest(look), look.files());
  }

  /** A log without entries has all those that are still to come. */
  private static @Nullable String oldest(LogLook look) {
    String taken = look.taken();
    return look.oldest() == null && taken != null
        ? Long.toString(Math.addExact(Long.parseLong(taken), 1))
        : look.oldest();
  }

  /**
   * Why entries from a number on may be missing now; empty when none can be. Entries are taken out
   * of a log from its oldest on, or all at once.
   *
   * @param low from where they would be read; all before it were
   * @param high the largest number that was read, or null
   */
  Optional<Reason> lost(LogLook now, String low, @Nullable String high) {
    if (isAnother(now) || (high != null && isBelow(newest(now), high))) {
      return Optional.of(Reason.LOG_REPLACED);
    }
    String from = oldest(now);
    boolean complete =
        from != null
            && (Long.parseLong(from) <= Math.addExact(Long.parseLong(low), 1)
                || (oldest != null && Long.parseLong(from) <= Long.parseLong(oldest)));
    return complete ? Optional.empty() : Optional.of(Reason.LOG_PRUNED);
  }

  /** Its partitions come and go; one that stays and has another file was truncated or rewritten. */
  private boolean isAnother(LogLook now) {
    boolean known = files.keySet().stream().anyMatch(now.files()::containsKey);
    boolean same =
        files.entrySet().stream()
            .allMatch(
                file ->
                    now.files()
                        .getOrDefault(file.getKey(), file.getValue())
                        .equals(file.getValue()));
    return !files.isEmpty() && !(known && same);
  }

  private static @Nullable Long newest(LogLook now) {
    String highest = now.look().cursor().highest();
    Long last = highest == null ? null : Long.valueOf(highest);
    Long taken = now.taken() == null ? null : Long.valueOf(now.taken());
    if (last == null || taken == null) {
      return last == null ? taken : last;
    }
    return Math.max(last, taken);
  }

  private static boolean isBelow(@Nullable Long newest, String high) {
    return newest != null && newest < Long.parseLong(high);
  }
}
