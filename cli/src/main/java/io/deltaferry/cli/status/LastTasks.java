package io.deltaferry.cli.status;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a table's newest reconciliation, and of the newest run of a backfill.
 *
 * @param reconciled null where there was none
 * @param filled null where there was none
 */
record LastTasks(@Nullable Reconciled reconciled, @Nullable Filled filled) {
  static final LastTasks NONE = new LastTasks(null, null);

  /** What a reconciliation has counted. */
  record Reconciled(long seq, long compared, long deleted, long revived, long missing) {}

  /**
   * A period that was merged.
   *
   * @param from where it begins; null for the rows without a date
   * @param left how many periods its backfill had left then
   */
  record Filled(long seq, @Nullable String from, long left) {}

  /** Reads the answer of {@code LedgerTables.lastTasks}, by table. */
  static Map<String, LastTasks> of(List<Map<String, @Nullable String>> rows) {
    Map<String, LastTasks> byTable = new HashMap<>();
    for (Map<String, @Nullable String> row : rows) {
      byTable.merge(String.valueOf(row.get("table_name")), of(row), LastTasks::and);
    }
    return byTable;
  }

  private static LastTasks of(Map<String, @Nullable String> row) {
    long seq = number(row, "seq");
    return "backfill".equals(row.get("mode"))
        ? new LastTasks(null, new Filled(seq, row.get("low"), number(row, "periods_left")))
        : new LastTasks(
            new Reconciled(
                seq,
                number(row, "rows_compared"),
                number(row, "rows_deleted"),
                number(row, "rows_revived"),
                number(row, "keys_missing")),
            null);
  }

  private static long number(Map<String, @Nullable String> row, String column) {
    String value = row.get(column);
    return value == null ? 0 : Long.parseLong(value);
  }

  private LastTasks and(LastTasks other) {
    return new LastTasks(
        reconciled == null ? other.reconciled : reconciled, filled == null ? other.filled : filled);
  }

  /** A line each, for a person. */
  List<String> lines(String table) {
    List<String> lines = new ArrayList<>();
    if (reconciled != null) {
      lines.add(
          String.format(
              Locale.ROOT,
              "run %d of %s compared the keys of %,d rows: %,d deleted, %,d alive again, %,d keys missing",
              reconciled.seq(),
              table,
              reconciled.compared(),
              reconciled.deleted(),
              reconciled.revived(),
              reconciled.missing()));
    }
    if (filled != null && filled.left() > 0) {
      lines.add(
          String.format(
              Locale.ROOT,
              "run %d of %s has filled %s; %,d periods of its backfill are left",
              filled.seq(),
              table,
              filled.from() == null
                  ? "the rows without a date"
                  : "the period from " + filled.from(),
              filled.left()));
    }
    return lines;
  }

  /** The same for a program; each field always. */
  void into(ObjectNode node) {
    node.put("reconciled_run", reconciled == null ? null : reconciled.seq());
    node.put("rows_compared", reconciled == null ? null : reconciled.compared());
    node.put("rows_deleted", reconciled == null ? null : reconciled.deleted());
    node.put("rows_revived", reconciled == null ? null : reconciled.revived());
    node.put("keys_missing", reconciled == null ? null : reconciled.missing());
    node.put("backfilled_run", filled == null ? null : filled.seq());
    node.put("backfilled_from", filled == null ? null : filled.from());
    node.put("periods_left", filled == null ? null : filled.left());
  }
}
