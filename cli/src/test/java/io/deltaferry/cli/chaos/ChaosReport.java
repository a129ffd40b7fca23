package io.deltaferry.cli.chaos;

import io.deltaferry.cli.endtoend.RunningStack;
import io.deltaferry.cli.endtoend.World;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What became of a table.
 *
 * @param runs that merged
 * @param written rows that were inserted or updated
 * @param rows of the source
 * @param lost rows of the source that the target has not, or not so
 * @param invented rows of the target that the source has not
 * @param duplicates keys that the target has more than once, counted beyond the first
 * @param falseSuccesses runs that were said to be completed and did not merge
 * @param failures runs that ended in failure, by what was said of them
 */
record ChaosReport(
    String table,
    int runs,
    long written,
    int rows,
    int lost,
    int invented,
    int duplicates,
    int falseSuccesses,
    Set<String> failures) {

  static ChaosReport of(World world, String table, long written) {
    RunningStack stack = world.stack();
    List<String> source = world.sourceRows(table);
    List<String> target = world.targetRows(table);
    Set<String> lost = new HashSet<>(source);
    target.forEach(lost::remove);
    Set<String> invented = new HashSet<>(target);
    source.forEach(invented::remove);
    Set<String> keys = new HashSet<>();
    target.forEach(row -> keys.add(row.substring(0, row.indexOf('|'))));
    List<String> merged = stack.merged(table);
    Set<String> told = new HashSet<>();
    Set<String> failures = new TreeSet<>();
    for (SyncCompleted end : stack.ends()) {
      if (end.table().equals(table) && end.outcome() == SyncOutcome.COMPLETED) {
        told.add(Long.toString(end.seq()));
      } else if (end.table().equals(table) && end.outcome() == SyncOutcome.FAILED) {
        failures.add(end.errorCode() + ": " + end.errorMessage());
      }
    }
    told.removeAll(new HashSet<>(merged));
    return new ChaosReport(
        table,
        merged.size(),
        written,
        source.size(),
        lost.size(),
        invented.size(),
        target.size() - keys.size() + merged.size() - new HashSet<>(merged).size(),
        told.size(),
        failures);
  }

  /** All of them, in the order of their names above. */
  List<Long> numbers() {
    return List.of(
        (long) runs,
        written,
        (long) rows,
        (long) lost,
        (long) invented,
        (long) duplicates,
        (long) falseSuccesses,
        (long) failures.size());
  }

  boolean isExact() {
    return rows > 0
        && runs > 0
        && lost + invented + duplicates + falseSuccesses == 0
        && failures.isEmpty();
  }
}
