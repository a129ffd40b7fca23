package io.deltaferry.plan;

import static java.time.temporal.ChronoUnit.MICROS;

import io.deltaferry.run.RunJson;
import io.deltaferry.table.FilledColumns;
import io.deltaferry.table.TableRef;
import io.deltaferry.table.WarehouseTable;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one row of a target's state table.
 *
 * @param seq the newest merged run, 0 before the first
 * @param deltaLow from where the newest merged run read, null when it read everything
 * @param deltaDigest of the rows it merged, null when it read everything
 * @param nextLow null when the last change voided it
 * @param high the largest cursor the newest merged run read, or null
 * @param bounds what earlier runs leave to the next one's bound
 * @param targetCreated which table of the target's name all of this is about
 * @param filled which of its columns runs have filled; null when nobody has noted it
 * @param sourceTables of which the source consisted, by their oids; null when nobody has noted it
 */
public record TableState(
    long seq,
    @Nullable String nextLow,
    @Nullable String definitionHash,
    @Nullable String deltaLow,
    @Nullable String deltaDigest,
    @Nullable String high,
    BoundHistory bounds,
    @Nullable Instant targetCreated,
    @Nullable FilledColumns filled,
    @Nullable Set<Long> sourceTables) {
  public TableState {
    sourceTables = sourceTables == null ? null : Set.copyOf(sourceTables);
  }

  /**
   * The row as {@link io.deltaferry.sql.LedgerTables#readState} reads it; empty before the first
   * merged run.
   *
   * @param state the table, for messages
   */
  public static Optional<TableState> of(TableRef state, Map<String, @Nullable String> row) {
    String seq = row.get("seq");
    String bounds = row.get("bounds");
    String micros = row.get("target_created_micros");
    String filled = row.get("filled_columns");
    String tables = row.get("source_tables");
    return seq == null || seq.equals("0")
        ? Optional.empty()
        : Optional.of(
            new TableState(
                Long.parseLong(seq),
                row.get("next_low"),
                row.get("definition_hash"),
                row.get("delta_low"),
                row.get("delta_digest"),
                row.get("high"),
                bounds == null
                    ? BoundHistory.NONE
                    : RunJson.read("bounds of " + state, bounds, BoundHistory.class),
                micros == null ? null : Instant.EPOCH.plus(Long.parseLong(micros), MICROS),
                filled == null
                    ? null
                    : RunJson.read("columns of " + state, filled, FilledColumns.class),
                tables == null
                    ? null
                    : Set.of(RunJson.read("source of " + state, tables, Long[].class))));
  }

  /** The history that counts for a definition: ids of another cursor say nothing. */
  public BoundHistory boundsFor(String definition) {
    return definition.equals(definitionHash) ? bounds : bounds.forgetReads();
  }

  /** Whether the newest run is about to replace the target, or was when it ended. */
  public boolean isReplacing() {
    return definitionHash == null;
  }

  /** What runs have filled of that very table; null when it is another one, or nobody knows. */
  public @Nullable FilledColumns filled(WarehouseTable target) {
    return filled(target.created());
  }

  /** The same of the table that was made then. */
  public @Nullable FilledColumns filled(@Nullable Instant created) {
    if (filled == null) {
      return null;
    }
    Instant about = filled.table() == null ? targetCreated : filled.table();
    return about != null && about.equals(created) ? filled : null;
  }
}
