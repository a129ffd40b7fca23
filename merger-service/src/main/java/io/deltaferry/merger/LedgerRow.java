package io.deltaferry.merger;

import io.deltaferry.bound.Bound;
import io.deltaferry.plan.Losses;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunJson;
import io.deltaferry.service.StagedRun;
import io.deltaferry.sql.Statement;
import io.deltaferry.sql.Statement.Int64;
import io.deltaferry.sql.Statement.Text;
import io.deltaferry.sql.Statement.Timestamp;
import io.deltaferry.table.FilledColumns;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values of a run's row in the ledger, named after its columns. */
final class LedgerRow {
  private LedgerRow() {}

  static Map<String, Statement.Value> of(
      StagedRun staged, TargetTables.Ready target, String version) {
    RunPlan plan = staged.plan();
    Manifest manifest = staged.manifest();
    Map<String, Statement.Value> row = new LinkedHashMap<>();
    row.put("table_name", new Text(plan.table()));
    row.put("seq", new Int64(plan.seq()));
    row.put("request_id", new Text(plan.requestId()));
    row.put("mode", new Text(plan.mode().word()));
    row.put("low", new Text(plan.low().low()));
    row.put("low_reason", new Text(plan.low().reason().name()));
    row.put("until", new Text(plan.until()));
    row.put("next_low", new Text(manifest.nextLow()));
    row.put("high", new Text(manifest.high()));
    row.put("periods_left", new Int64(plan.backfill() == null ? null : plan.backfill().runsLeft()));
    row.put("bounds", new Text(RunJson.write(plan.bound().history())));
    row.put("filled_columns", new Text(RunJson.write(filled(plan, target))));
    row.put("lacks_rows", new Int64(plan.shape().lacksRows() ? 1L : 0L));
    row.put("source_tables", new Text(RunJson.write(plan.sourceFiles().keySet())));
    row.put("target_created", new Timestamp(target.table().created()));
    row.put("bound", new Timestamp(plan.bound().at()));
    row.put("bound_reason", new Text(plan.bound().reason().name()));
    row.put("pinned_since", new Timestamp(pinnedSince(plan)));
    row.put("rows_extracted", new Int64(manifest.rows()));
    row.put("rows_loaded", new Int64(manifest.rows()));
    row.put("null_cursors", new Int64(manifest.nullCursors()));
    row.put("rows_overlap", new Int64(manifest.rowsOverlap()));
    row.put("losses", new Text(losses(plan, manifest)));
    row.put("parts", new Int64((long) manifest.parts().size()));
    row.put(
        "bytes_staged", new Int64(manifest.parts().stream().mapToLong(part -> part.bytes()).sum()));
    row.put("definition_hash", new Text(plan.definitionHash()));
    row.put("policy_hash", new Text(plan.policyHash()));
    row.put("delta_digest", new Text(digest(manifest)));
    row.put("requested_at", new Timestamp(plan.requestedAt()));
    row.put("extract_started", new Timestamp(started(manifest, plan.plannedAt())));
    row.put("extract_finished", new Timestamp(finished(manifest, plan.plannedAt())));
    row.put("version", new Text(version));
    return row;
  }

  private static FilledColumns filled(RunPlan plan, TargetTables.Ready target) {
    return target.filled().of(target.table().created(), plan.delta().hashesKey());
  }

  private static String losses(RunPlan plan, Manifest manifest) {
    return RunJson.write(new Losses(plan.columns()).byKind(manifest.losses()));
  }

  private static @Nullable Instant pinnedSince(RunPlan plan) {
    Bound.Pin pin = plan.bound().pin();
    return pin == null ? null : pin.since();
  }

  /** Sums of digests are digests; a run of one slice has one. */
  private static @Nullable String digest(Manifest manifest) {
    return manifest.receipts().size() == 1 ? manifest.receipts().get(0).digest() : null;
  }

  private static Instant started(Manifest manifest, Instant otherwise) {
    return manifest.receipts().stream()
        .map(Receipt::started)
        .min(Comparator.naturalOrder())
        .orElse(otherwise);
  }

  private static Instant finished(Manifest manifest, Instant otherwise) {
    return manifest.receipts().stream()
        .map(Receipt::finished)
        .max(Comparator.naturalOrder())
        .orElse(otherwise);
  }
}
