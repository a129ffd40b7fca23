package io.deltaferry.plan;

import io.deltaferry.type.LossKind;
import io.deltaferry.type.TypeMapping;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What became of values that BigQuery cannot hold: a column has one policy in a run, so one kind.
 */
public final class Losses {
  private final Map<String, LossKind> kinds = new TreeMap<>();

  public Losses(List<TypeMapping> columns) {
    columns.forEach(
        column -> column.lossKind().ifPresent(kind -> kinds.put(column.column(), kind)));
  }

  /**
   * How many, by column and kind, such as {@code {"valid_to": {"clamped": 2}}}.
   *
   * @param counts by column
   */
  public Map<String, Map<String, Long>> byKind(Map<String, Long> counts) {
    Map<String, Map<String, Long>> byKind = new TreeMap<>();
    counts.forEach(
        (column, count) ->
            kind(column).ifPresent(kind -> byKind.put(column, Map.of(kind.word(), count))));
    return byKind;
  }

  /** The counts of those columns whose target shows other values than the source. */
  public Map<String, Long> changed(Map<String, Long> counts) {
    Map<String, Long> changed = new TreeMap<>(counts);
    changed.keySet().removeIf(column -> !kind(column).map(LossKind::changesValues).orElse(true));
    return changed;
  }

  private Optional<LossKind> kind(String column) {
    return Optional.ofNullable(kinds.get(column));
  }
}
