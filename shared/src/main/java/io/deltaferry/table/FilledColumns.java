package io.deltaferry.table;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which columns of a target Deltaferry fills, so that one that left the source is told from one
 * that a person added.
 *
 * @param now by the newest merged run, in the target's spelling
 * @param before by earlier runs only: the source has lost them since, or has them again for some
 *     rows
 * @param table which table of the target's name this is about; null where an older build noted it
 * @param hashedKey whether a column of the key is hashed there
 */
public record FilledColumns(
    List<String> now, List<String> before, @Nullable Instant table, boolean hashedKey) {
  public static final FilledColumns NONE = new FilledColumns(List.of(), List.of());

  public FilledColumns {
    now = List.copyOf(now);
    before = List.copyOf(before);
  }

  /** Of no table yet. */
  public FilledColumns(List<String> now, List<String> before) {
    this(now, before, null, false);
  }

  /** The same, said of a table. */
  public FilledColumns of(Instant created, boolean keyIsHashed) {
    return new FilledColumns(now, before, created, keyIsHashed);
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

  /**
   * What holds once a run has filled these in some rows: a column that is new has no values in the
   * others.
   *
   * @param target what is left of the target's columns
   */
  public FilledColumns afterSome(Collection<String> filled, WarehouseTable target) {
    FilledColumns all = after(filled, target);
    if (now.isEmpty()) {
      return all;
    }
    List<String> whole = new ArrayList<>(all.now);
    whole.removeIf(column -> !fillsNow(column));
    List<String> partly = new ArrayList<>(all.now);
    partly.removeAll(whole);
    partly.addAll(all.before);
    return new FilledColumns(whole, partly);
  }

  private static boolean holds(Collection<String> columns, String name) {
    return columns.stream().anyMatch(name::equalsIgnoreCase);
  }
}
