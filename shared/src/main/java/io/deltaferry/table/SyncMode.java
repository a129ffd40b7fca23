package io.deltaferry.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a run of a table selects its rows and what the merger does with them. */
public enum SyncMode {
  /** Rows whose cursor is at or above the low watermark, merged by key. */
  INCREMENTAL,
  /** All rows, added to those of earlier runs. */
  APPEND,
  /** All rows, in the place of those the target has. */
  REPLACE,
  /** Rows whose cursor lies between two ends that somebody names, merged by key. */
  WINDOW,
  /** The keys of all rows: rows of the target whose key is not among them are deleted. */
  RECONCILE,
  /** Some rows, to see what would become of them; nothing but a report is left. */
  TEST,
  /** The periods of the table's history that the target lacks, one run each, merged by key. */
  BACKFILL,
  /** Rows whose keys a log of the source tells, merged by key, and marked where they are gone. */
  CHANGE_LOG;

  /** The name in table files and messages, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Those of all modes. */
  public static List<String> words() {
    return Arrays.stream(values()).map(SyncMode::word).toList();
  }

  /** The mode of that word, or empty when no such mode works (yet). */
  public static Optional<SyncMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }

  /** Whether its rows are found by the table's cursor. */
  public boolean needsCursor() {
    return switch (this) {
      case INCREMENTAL, WINDOW -> true;
      case APPEND, REPLACE, TEST, RECONCILE, BACKFILL, CHANGE_LOG -> false;
    };
  }

  /** Whether its rows are matched with those of the target. */
  public boolean needsKey() {
    return switch (this) {
      case INCREMENTAL, WINDOW, RECONCILE, BACKFILL, CHANGE_LOG -> true;
      case APPEND, REPLACE, TEST -> false;
    };
  }

  /** Whether the next increment goes on where such a run left off (architecture rule 8). */
  public boolean movesWatermark() {
    return switch (this) {
      case INCREMENTAL, REPLACE, CHANGE_LOG -> true;
      case APPEND, WINDOW, RECONCILE, TEST, BACKFILL -> false;
    };
  }

  /** Whether a table may do so without being asked. */
  public boolean isStanding() {
    return this != TEST;
  }

  /** Whether it reads all rows, whatever was read before. */
  public boolean readsAll() {
    return switch (this) {
      case APPEND, REPLACE, RECONCILE, TEST -> true;
      case INCREMENTAL, WINDOW, BACKFILL, CHANGE_LOG -> false;
    };
  }

  /** Whether its rows are cut by their key, and by nothing that a change could move. */
  public boolean isCutByKey() {
    return switch (this) {
      case RECONCILE, CHANGE_LOG -> true;
      case INCREMENTAL, APPEND, REPLACE, WINDOW, TEST, BACKFILL -> false;
    };
  }
}
