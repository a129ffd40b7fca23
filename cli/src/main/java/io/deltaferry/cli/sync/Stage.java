package io.deltaferry.cli.sync;

import java.util.Locale;

/** How far a table's run has come. */
public enum Stage {
  /** The request is published. */
  REQUESTED,
  /** The run has a plan; rows leave PostgreSQL. */
  EXTRACTING,
  /** The manifest is written; rows enter the temp table. */
  LOADING,
  /** The temp table is complete; rows enter the target. */
  MERGING,
  /** The target is up to date. */
  DONE,
  /** It failed; the run has said why. */
  FAILED;

  public boolean isEnd() {
    return this == DONE || this == FAILED;
  }

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
