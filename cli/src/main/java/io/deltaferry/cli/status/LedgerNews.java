package io.deltaferry.cli.status;

import io.deltaferry.run.RunId;
import io.deltaferry.run.SyncEvent.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What only the ledger knows of runs without an end.
 *
 * @param loadedRuns whose rows are in their temp tables
 * @param troubles why the last attempt failed, by run
 */
record LedgerNews(Set<RunId> loadedRuns, Map<RunId, String> troubles) {
  static final LedgerNews NONE = new LedgerNews(Set.of(), Map.of());

  /** Reads the answer of {@code EventsTable.openRuns}. */
  static LedgerNews of(List<Map<String, @Nullable String>> rows) {
    Set<RunId> loaded = new HashSet<>();
    Map<RunId, String> troubles = new HashMap<>();
    for (Map<String, @Nullable String> row : rows) {
      RunId run =
          new RunId(
              String.valueOf(row.get("table_name")),
              Long.parseLong(String.valueOf(row.get("seq"))));
      if ("1".equals(row.get("loaded"))) {
        loaded.add(run);
      }
      if (Kind.RETRIED.word().equals(row.get("event"))) {
        troubles.put(run, row.get("error_code") + ": " + row.get("error"));
      }
    }
    return new LedgerNews(loaded, troubles);
  }

  boolean loaded(RunId run) {
    return loadedRuns.contains(run);
  }

  @Nullable String trouble(RunId run) {
    return troubles.get(run);
  }
}
