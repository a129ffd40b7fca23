package io.deltaferry.run;

import io.deltaferry.message.SyncOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a table's newest runs ended.
 *
 * @param ends newest first, down to the last good one
 */
public record RecentEnds(List<EndOfRun> ends) {
  /** A table that failed more often in a row has nothing new to say. */
  private static final int READ = 20;

  public RecentEnds {
    ends = List.copyOf(ends);
  }

  /**
   * Reads the ends of those that have one.
   *
   * @param runs newest first
   */
  public static RecentEnds of(ControlStore control, List<KnownRun> runs) {
    List<EndOfRun> ends = new ArrayList<>();
    for (KnownRun run : runs.stream().filter(KnownRun::ended).limit(READ).toList()) {
      EndOfRun.read(control, run.id()).ifPresent(ends::add);
      if (ends.stream().anyMatch(RecentEnds::isGood)) {
        break;
      }
    }
    return new RecentEnds(ends);
  }

  public Optional<EndOfRun> last() {
    return ends.stream().findFirst();
  }

  public Optional<EndOfRun> lastGood() {
    return ends.stream().filter(RecentEnds::isGood).findFirst();
  }

  /** The newest end that is not good and that no good one has followed. */
  public Optional<EndOfRun> failure() {
    return last().filter(end -> !isGood(end));
  }

  /** How many runs have failed since the last good one, as far as anybody counts. */
  public long failures() {
    return ends.stream().filter(end -> end.outcome() == SyncOutcome.FAILED).count();
  }

  private static boolean isGood(EndOfRun end) {
    return end.outcome().isGood();
  }
}
