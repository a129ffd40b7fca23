package io.deltaferry.table;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Which columns of a target Deltaferry fills, so that one that left the source is told from one
 * that a person added.
 *
 * @param now by the newest merged run, in the target's spelling
 * @param before by earlier runs only: the source has lost them since
 */
public record FilledColumns(List<String> now, List<String> before) {
  public static final FilledColumns NONE = new FilledColumns(List.of(), List.of());

  public FilledColumns {
    now = List.copyOf(now);
    before = List.copyOf(before);
  }

  /** Whether the newest merged run filled it; BigQuery's column names have no case. */
  public boolean fillsNow(String column) {
    return holds(now, column);
  }

  /** Whether any run has ever filled it. */
  public boolean hasFilled(String column) {
    return fillsNow(column) || holds(before, column);
  }

  /**
   * What holds once a run has filled these.
   *
   * @param target what is left of the target's columns
   */
  public FilledColumns after(Collection<String> filled, WarehouseTable target) {
    List<String> left = new ArrayList<>(now);
    left.addAll(before);
    left.removeIf(column -> holds(filled, column) || target.column(column).isEmpty());
    return new FilledColumns(List.copyOf(filled), left);
  }

  private static boolean holds(Collection<String> columns, String name) {
    return columns.stream().anyMatch(name::equalsIgnoreCase);
  }
}
