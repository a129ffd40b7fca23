package io.deltaferry.extractor;

import io.deltaferry.service.LogEvents;
import io.deltaferry.sql.BqIdentifier;
import io.deltaferry.table.Quarantine;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import java.util.List;
import java.util.stream.Collectors;

/** What a table file hides, held against a target. */
final class HiddenColumns {
  private HiddenColumns() {}

  /**
   * The columns to be left out, of which nobody has decided yet; says which values remain in the
   * target.
   */
  static List<String> quarantined(
      TableConfig table, TableSchema schema, List<String> key, WarehouseTable target) {
    List<String> remaining =
        table.privacy().exclude().stream()
            .filter(column -> target.column(column).isPresent())
            .toList();
    if (!remaining.isEmpty()) {
      LogEvents.excludedRemains(remaining, dropping(target.ref(), remaining));
    }
    return Quarantine.of(table, schema, key, target);
  }

  private static String dropping(TableRef target, List<String> columns) {
    return "ALTER TABLE %s %s"
        .formatted(
            BqIdentifier.of(target.project(), target.dataset(), target.table()).sql(),
            columns.stream()
                .map(column -> "DROP COLUMN " + BqIdentifier.quote(column))
                .collect(Collectors.joining(", ")));
  }
}
