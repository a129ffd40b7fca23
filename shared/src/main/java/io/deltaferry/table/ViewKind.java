package io.deltaferry.table;

import java.util.Optional;

/** What a view beside a target shows of its rows. */
public enum ViewKind {
  /** Those of the newest copy. */
  LATEST("latest_"),
  /** Those that are not deleted. */
  CURRENT("current_");

  private final String prefix;

  ViewKind(String prefix) {
    this.prefix = prefix;
  }

  /** The one that has a use for a table of this mode; empty where the target says it all. */
  static Optional<ViewKind> of(SyncMode mode, ReconcileSettings.Deletes deletes) {
    if (mode == SyncMode.APPEND) {
      return Optional.of(LATEST);
    }
    return deletes == ReconcileSettings.Deletes.SOFT ? Optional.of(CURRENT) : Optional.empty();
  }

  /** The view of a target, where people look for the target. */
  public TableRef beside(TableRef target) {
    return new TableRef(target.project(), target.dataset(), nameFor(target.table()));
  }

  String nameFor(String table) {
    return prefix + table;
  }
}
