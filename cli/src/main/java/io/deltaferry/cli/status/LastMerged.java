package io.deltaferry.cli.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the answer of {@code LedgerTables.lastExtractions}. */
final class LastMerged {
  private LastMerged() {}

  /** By table: when the newest merged run began to read. */
  static Map<String, Instant> of(List<Map<String, @Nullable String>> rows) {
    Map<String, Instant> byTable = new HashMap<>();
    for (Map<String, @Nullable String> row : rows) {
      String table = row.get("table_name");
      String micros = row.get("extract_started_micros");
      if (table != null && micros != null) {
        byTable.put(table, Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS));
      }
    }
    return byTable;
  }
}
