package io.deltaferry.cli.status;

import java.util.Locale;

/** What is going on with a table. */
public enum TableState {
  /** It was never asked for. */
  NEVER,
  /** A request waits for a run, or a run was abandoned and waits to be taken over. */
  PENDING,
  /** A run works on it. */
  RUNNING,
  /** The newest run that ended has failed. */
  FAILED,
  /** The newest run that ended brought everything. */
  COMPLETED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
