package io.deltaferry.cli.status;

import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunJson;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the bucket tells of a table.
 *
 * @param runs newest first
 * @param ends of those that have one, newest first, down to the last good one
 * @param requestWaits whether a request that met the newest run has no run of its own yet
 */
record RunHistory(List<KnownRun> runs, List<EndOfRun> ends, boolean requestWaits) {
  /** A table that failed more often in a row has nothing new to say. */
  private static final int ENDS = 20;

  private static final int WAITING = 100;

  RunHistory {
    runs = List.copyOf(runs);
    ends = List.copyOf(ends);
  }

  static RunHistory read(ControlStore control, String table) {
    List<KnownRun> runs = KnownRun.of(control, table);
    return new RunHistory(runs, ends(control, runs), requestWaits(control, runs));
  }

  TableState state(Instant now, Duration runExpiry) {
    if (runs.isEmpty()) {
      return TableState.NEVER;
    }
    KnownRun newest = runs.get(0);
    if (!newest.ended()) {
      return newest.abandoned(now, runExpiry) ? TableState.PENDING : TableState.RUNNING;
    }
    if (requestWaits) {
      return TableState.PENDING;
    }
    return last().filter(RunHistory::isGood).isPresent() ? TableState.COMPLETED : TableState.FAILED;
  }

  Optional<KnownRun> newest() {
    return runs.stream().findFirst();
  }

  Optional<EndOfRun> last() {
    return ends.stream().findFirst();
  }

  Optional<EndOfRun> lastGood() {
    return ends.stream().filter(RunHistory::isGood).findFirst();
  }

  /** The newest end that is not good and that no good one has followed. */
  Optional<EndOfRun> failure() {
    return last().filter(end -> !isGood(end));
  }

  private static boolean isGood(EndOfRun end) {
    return end.outcome() == SyncOutcome.COMPLETED || end.outcome() == SyncOutcome.EMPTY;
  }

  private static List<EndOfRun> ends(ControlStore control, List<KnownRun> runs) {
    List<EndOfRun> ends = new ArrayList<>();
    for (KnownRun run : runs.stream().filter(KnownRun::ended).limit(ENDS).toList()) {
      String name = ObjectNames.end(run.id());
      control
          .read(name)
          .ifPresent(content -> ends.add(RunJson.read(name, content, EndOfRun.class)));
      if (ends.stream().anyMatch(RunHistory::isGood)) {
        break;
      }
    }
    return ends;
  }

  private static boolean requestWaits(ControlStore control, List<KnownRun> runs) {
    if (runs.isEmpty()) {
      return false;
    }
    Set<String> begun = new HashSet<>();
    runs.forEach(run -> begun.add(ObjectNames.pending(runs.get(0).id(), run.requestId())));
    return control.list(ObjectNames.pendingPrefix(runs.get(0).id()), WAITING).stream()
        .anyMatch(waiting -> !begun.contains(waiting.name()));
  }
}
