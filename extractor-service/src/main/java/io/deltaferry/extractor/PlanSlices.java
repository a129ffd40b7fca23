package io.deltaferry.extractor;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.plan.Conditions;
import io.deltaferry.plan.CtidRanges;
import io.deltaferry.plan.KeysetRanges;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.postgres.PostgresSession;
import io.deltaferry.postgres.SliceReader;
import io.deltaferry.run.Slice;
import io.deltaferry.sql.DeltaQuery;
import io.deltaferry.sql.LeafSize;
import io.deltaferry.sql.PgTable;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.sql.SlicingQuery;
import io.deltaferry.table.ExtractIn;
import io.deltaferry.table.SliceConfig;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides whether a run is cut, and how: by the table file's conditions where it has any, a copy of
 * a table by its blocks, everything else along cursor and key.
 */
final class PlanSlices {
  private static final Logger log = LoggerFactory.getLogger(PlanSlices.class);

  private final SliceReader reader;
  private final PostgresSession session;

  PlanSlices(PostgresSession session) {
    this.session = session;
    this.reader = new SliceReader(session);
  }

  /**
   * The slices of a run.
   *
   * @param drafted the run, not cut yet
   * @throws DeltaferryException SLICES_INVALID when the table file's conditions are not disjoint or
   *     not complete; SOURCE_*
   */
  Slicing plan(TableConfig table, RunPlan drafted) {
    SliceConfig config = table.slices();
    Long estimate = drafted.estimatedRows();
    // A job has the time to read everything in one snapshot, which is what it is asked for.
    boolean whole = table.extractIn() == ExtractIn.JOB;
    RowOrder order = drafted.slicing().order();
    if (whole || order == null || estimate == null || estimate <= config.rows()) {
      return drafted.slicing();
    }
    DeltaQuery rows = drafted.query();
    List<Slice> slices = slices(table, drafted.mode(), new SlicingQuery(rows, order), estimate);
    log.info("about {} rows are read in {} slices", estimate, slices.size());
    return slices.size() == 1
        ? drafted.slicing()
        : new Slicing(order, slices, config.parallel(), high(rows), null);
  }

  /**
   * Where an increment follows, it brings the rows that moved from block to block, or from one
   * condition to another; nothing brings back the keys that a reconciliation would miss, nor the
   * rows that a copy would.
   */
  private List<Slice> slices(TableConfig table, SyncMode mode, SlicingQuery all, long estimate) {
    List<String> conditions = table.slices().conditions();
    if (!conditions.isEmpty() && bringsMoved(table.mode(), mode)) {
      List<Long> wrong = reader.proof(all, conditions);
      Conditions.prove(table.name(), wrong.get(0), wrong.get(1));
      return Conditions.slices(conditions);
    }
    long size = Math.max(table.slices().rows(), estimate / SliceConfig.MOST + 1);
    DeltaQuery rows = all.rows();
    if (!mode.readsAll()
        && !mode.isCutByKey()
        && rows.window().low() == null
        && rows.source() instanceof PgTable source) {
      List<LeafSize> leaves = reader.leaves(source, rows);
      if (!leaves.isEmpty() && leaves.size() <= SliceConfig.MOST) {
        return CtidRanges.slices(leaves, size);
      }
    }
    return KeysetRanges.slices(reader.boundaries(all, size));
  }

  /** Whether a later run of the table brings a row that moved while this one read. */
  private static boolean bringsMoved(SyncMode own, SyncMode mode) {
    return switch (mode) {
      case INCREMENTAL, WINDOW, BACKFILL -> true;
      case REPLACE -> own == SyncMode.INCREMENTAL || own == SyncMode.CHANGE_LOG;
      case APPEND, RECONCILE, TEST, CHANGE_LOG -> false;
    };
  }

  private @Nullable String high(DeltaQuery rows) {
    return rows.high()
        .flatMap(sql -> session.text(sql, "reading the largest cursor of the source"))
        .orElse(null);
  }
}
