package io.deltaferry.run;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a trial found out; left beside the run's other objects.
 *
 * @param rows that were read, staged, loaded and converted
 * @param target what would become of the target before the first row
 * @param changed how many values of a column would be changed, and counted
 * @param refused how many values of a column a run would fail for
 * @param problems why a run would fail for other reasons
 * @param scannedBytes what the merge would read in BigQuery; null where there is no target yet, or
 *     it would be altered first
 */
public record TrialReport(
    String table,
    long seq,
    long rows,
    String target,
    Map<String, Long> changed,
    Map<String, Long> refused,
    List<String> problems,
    @Nullable Long scannedBytes) {
  public TrialReport {
    changed = Collections.unmodifiableMap(new TreeMap<>(changed));
    refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    problems = List.copyOf(problems);
  }

  /** Whether a run over these rows would have gone well. */
  public boolean isGood() {
    return refused.isEmpty() && problems.isEmpty();
  }

  /** One line a finding, for a person. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add("%,d rows tried; the target: %s".formatted(rows, target));
    changed.forEach(
        (column, count) -> lines.add("%s: %,d values would be changed".formatted(column, count)));
    refused.forEach(
        (column, count) ->
            lines.add("%s: a run would fail for %,d values".formatted(column, count)));
    lines.addAll(problems);
    if (scannedBytes != null) {
      lines.add("merging them would scan %,d bytes".formatted(scannedBytes));
    }
    return lines;
  }
}
