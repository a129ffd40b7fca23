package io.deltaferry.cli.status;

import io.deltaferry.run.EndOfRun;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a table stands.
 *
 * @param seq the newest run's number; null when there is none
 * @param since when the newest run showed its last sign of life, by the bucket's clock
 * @param last the newest run that has ended, or null
 * @param failure the newest failed run, unless a later one was good; or null
 * @param failures how many runs have failed since the last good one
 * @param live how far the newest run has come; null when it has its end
 * @param targetRows rows of the target; null when it does not exist, or is a view
 * @param freshAsOf the database's clock when the last good run read it: the target shows at least
 *     everything committed {@code lateness} before; null when there was none
 * @param watermark from where the next increment reads, or null
 * @param maxLag how old the target may be, or null
 * @param quarantined columns that the last good run left out, since nobody has decided about them
 * @param merged what the ledger knows of the newest merged run, or null
 * @param tasks what it knows of reconciliations and backfills
 */
public record TableStatus(
    String table,
    TableState state,
    @Nullable Long seq,
    @Nullable Instant since,
    @Nullable EndOfRun last,
    @Nullable EndOfRun failure,
    long failures,
    @Nullable LiveRun live,
    @Nullable Long targetRows,
    @Nullable Instant freshAsOf,
    @Nullable String watermark,
    @Nullable Duration maxLag,
    List<String> quarantined,
    @Nullable LastMerged merged,
    LastTasks tasks) {
  public TableStatus {
    quarantined = List.copyOf(quarantined);
  }

  /** How far the target may be behind the source; null when it was never brought up to date. */
  @Nullable Duration lag(Instant now) {
    if (freshAsOf == null) {
      return null;
    }
    Duration lag = Duration.between(freshAsOf, now);
    return lag.isNegative() ? Duration.ZERO : lag;
  }

  /** Whether the target is older than it may be, or was never brought up to date. */
  boolean stale(Instant now) {
    Duration lag = lag(now);
    return maxLag != null && (lag == null || lag.compareTo(maxLag) > 0);
  }
}
