package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.service.LogEvents;
import io.deltaferry.sql.BqIdentifier;
import io.deltaferry.table.Column;
import io.deltaferry.table.PrivacySettings;
import io.deltaferry.table.Quarantine;
import io.deltaferry.table.TableConfig;
import io.deltaferry.table.TableFile;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.TableSchema;
import io.deltaferry.table.WarehouseTable;
import io.deltaferry.type.TypeMapping;
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
    List<String> brought =
        schema.columns().stream()
            .map(Column::name)
            .filter(column -> !table.privacy().exclude().contains(column))
            .map(table::nameOf)
            .toList();
    // Another column may have got the name since.
    List<String> remaining =
        table.privacy().exclude().stream()
            .map(table::nameOf)
            .filter(column -> target.column(column).isPresent())
            .filter(column -> brought.stream().noneMatch(column::equalsIgnoreCase))
            .toList();
    if (!remaining.isEmpty()) {
      LogEvents.excludedRemains(remaining, dropping(target.ref(), remaining));
    }
    return Quarantine.of(table, schema, key, target);
  }

  /**
   * A plan shows nothing that its table file hides by now: an extractor has that at hand, and what
   * it reads after that has left the database.
   *
   * @throws DeltaferryException POLICY_CHANGED
   */
  static void require(RunPlan plan, TableFile tables) {
    PrivacySettings privacy =
        tables.table(plan.table()).map(TableConfig::privacy).orElse(PrivacySettings.NONE);
    List<String> shown =
        plan.columns().stream()
            .filter(mapping -> !mapping.hashes() || privacy.exclude().contains(mapping.column()))
            .map(TypeMapping::column)
            .filter(column -> privacy.hidesAny(List.of(column)))
            .toList();
    if (!shown.isEmpty()) {
      throw new DeltaferryException(
          ErrorCode.POLICY_CHANGED,
          "run %s was planned before the table file hid %s; nothing more of it is read. Ask for the"
                  .formatted(plan.run(), String.join(", ", shown))
              + " table again: the next run plans anew");
    }
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
