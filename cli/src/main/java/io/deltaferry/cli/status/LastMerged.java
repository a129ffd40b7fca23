package io.deltaferry.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.deltaferry.run.RunJson;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a table's newest merged run.
 *
 * @param started when it began to read
 * @param losses by column and kind; of older runs, a number by column
 */
record LastMerged(long seq, Instant started, JsonNode losses) {

  /** Reads the answer of {@code LedgerTables.lastMerged}, by table. */
  static Map<String, LastMerged> of(List<Map<String, @Nullable String>> rows) {
    Map<String, LastMerged> byTable = new HashMap<>();
    for (Map<String, @Nullable String> row : rows) {
      String table = row.get("table_name");
      String seq = row.get("seq");
      String micros = row.get("extract_started_micros");
      String losses = row.get("losses");
      if (table != null && seq != null && micros != null && losses != null) {
        byTable.put(
            table,
            new LastMerged(
                Long.parseLong(seq),
                Instant.EPOCH.plus(Long.parseLong(micros), ChronoUnit.MICROS),
                RunJson.read("losses of " + table, losses, JsonNode.class)));
      }
    }
    return byTable;
  }

  /** Such as {@code valid_to 2 clamped}, a column each. */
  List<String> lost() {
    List<String> lost = new ArrayList<>();
    for (Map.Entry<String, JsonNode> column : losses.properties()) {
      if (column.getValue().isNumber()) {
        lost.add(column.getKey() + " " + column.getValue().asLong());
      }
      for (Map.Entry<String, JsonNode> kind : column.getValue().properties()) {
        lost.add("%s %d %s".formatted(column.getKey(), kind.getValue().asLong(), kind.getKey()));
      }
    }
    return lost;
  }
}
