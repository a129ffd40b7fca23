package io.deltaferry.cli.status;

import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RecentEnds;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the bucket tells of a table.
 *
 * @param runs newest first
 * @param ends of those that have one
 * @param requestWaits whether a request that met the newest run has no run of its own yet
 */
record RunHistory(List<KnownRun> runs, RecentEnds ends, boolean requestWaits) {
  private static final int WAITING = 100;

  RunHistory {
    runs = List.copyOf(runs);
  }

  static RunHistory read(ControlStore control, String table) {
    List<KnownRun> runs = KnownRun.of(control, table);
    return new RunHistory(runs, RecentEnds.of(control, runs), requestWaits(control, runs));
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
    return ends.last().filter(end -> end.outcome().isGood()).isPresent()
        ? TableState.COMPLETED
        : TableState.FAILED;
  }

  Optional<KnownRun> newest() {
    return runs.stream().findFirst();
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
