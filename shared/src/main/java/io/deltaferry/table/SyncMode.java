package io.deltaferry.table;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How a run of a table selects its rows and what the merger does with them. */
public enum SyncMode {
  /** Rows whose cursor is at or above the low watermark, merged by key. */
  INCREMENTAL;

  /** Modes that are decided but not built; they are refused by name instead of as unknown. */
  public static final List<String> LATER =
      List.of("append", "replace", "window", "backfill", "test", "change_log", "reconcile");

  /** The name in table files and messages, in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The mode of that word, or empty when no such mode works (yet). */
  public static Optional<SyncMode> of(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word().equals(word)).findFirst();
  }
}
