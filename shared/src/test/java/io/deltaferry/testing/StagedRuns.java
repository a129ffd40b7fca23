package io.deltaferry.testing;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.copy.PartReceipt;
import io.deltaferry.message.RunOptions;
import io.deltaferry.plan.BoundHistory;
import io.deltaferry.plan.LowWatermark;
import io.deltaferry.plan.PlannedSource;
import io.deltaferry.plan.PlannedTarget;
import io.deltaferry.plan.RunBound;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.Slicing;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.Manifest;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.Receipt;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.sql.RowOrder;
import io.deltaferry.table.SourceTable;
import io.deltaferry.table.SyncMode;
import io.deltaferry.table.TableRef;
import io.deltaferry.type.BqType;
import io.deltaferry.type.CursorKind;
import io.deltaferry.type.LossPolicy;
import io.deltaferry.type.TypeMapping;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Runs whose data is visible, for tests of the stages that follow. */
public final class StagedRuns {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

  /** Where the run after a staged one reads on. */
  public static final String NEXT_LOW = "2026-11-20 11:45:00.000000+00";

  private StagedRuns() {}

  private static final String PART = "rows";

  /**
   * Writes plan, part and manifest of a run of table {@code orders} that creates its target; what
   * is in the part is not its rows.
   */
  public static RunPlan write(ControlStore control, RunId run, long rows) {
    return write(control, plan(run), List.of(receipt(run, "0", rows)));
  }

  /** The same of any plan, and of what its slices have staged. */
  public static RunPlan write(ControlStore control, RunPlan plan, List<Receipt> receipts) {
    RunId run = plan.run();
    String planText = RunJson.write(plan);
    Manifest manifest =
        Manifest.of(run, RunJson.hash(planText), receipts, "2026-11-20 11:59:00+00", NEXT_LOW);
    manifest.parts().forEach(part -> control.create(part.name(), PART, Map.of()));
    control.create(ObjectNames.plan(run), planText, Map.of(KnownRun.REQUEST_ID, plan.requestId()));
    control.create(ObjectNames.manifest(run), RunJson.write(manifest), Map.of());
    return plan;
  }

  /** The plan of a run that takes another's place. */
  public static RunPlan takingOver(RunPlan plan, long abandoned) {
    return with(plan, "takesOver", Long.toString(abandoned));
  }

  /** The plan of a run that has found its target, made at that time. */
  public static RunPlan into(RunPlan plan, Instant targetCreated) {
    return with(plan, "targetCreated", "\"" + targetCreated + "\"");
  }

  private static RunPlan with(RunPlan plan, String name, String value) {
    String text =
        RunJson.write(plan).replace("\"" + name + "\" : null", "\"" + name + "\" : " + value);
    return RunJson.read("plan", text, RunPlan.class);
  }

  /** The plan of such a run. */
  public static RunPlan plan(RunId run) {
    return new RunPlan(
        run.table(),
        run.seq(),
        "request-" + run.seq(),
        SyncMode.INCREMENTAL,
        RunOptions.NONE,
        null,
        PlannedSource.of(new SourceTable("public", run.table())),
        List.of(column("id", BqType.Name.INT64), column("changed_at", BqType.Name.TIMESTAMP)),
        List.of(),
        List.of("id"),
        "changed_at",
        CursorKind.TIMESTAMPTZ,
        null,
        new LowWatermark(null, LowWatermark.Reason.NO_TARGET, null, null),
        null,
        null,
        NOON,
        new RunBound(null, null, BoundReason.APPLICATION_STAMPS, null, BoundHistory.NONE),
        Duration.ofMinutes(15),
        10_000,
        false,
        new TableRef("shop", "target", run.table()),
        null,
        new TableRef("shop", "staging", run.table() + "__" + run.seq()),
        "control",
        "US",
        "definition",
        "policy",
        "fingerprint",
        Map.of(),
        1 << 20,
        1_000L,
        Slicing.whole(
            new RowOrder("changed_at", true, List.of(new RowOrder.KeyColumn("id", false, false))),
            4),
        NOON,
        NOON,
        new PlannedTarget(List.of(), false, null));
  }

  private static TypeMapping column(String name, BqType.Name type) {
    return new TypeMapping(name, BqType.of(type), LossPolicy.STRING, "{c}", null);
  }

  /** The name of the run's only part. */
  public static String part(RunId run) {
    return part(run, "0");
  }

  private static String part(RunId run, String slice) {
    return ObjectNames.partsPrefix(run, slice, "attempt") + "00000";
  }

  /** Of a slice that has staged one part. */
  public static Receipt receipt(RunId run, String slice, long rows) {
    return new Receipt(
        slice,
        "attempt",
        rows,
        List.of(
            new PartReceipt(
                part(run, slice), rows, PART.length(), MemoryControlStore.crc32c(PART), 1)),
        200,
        "2026-11-20 11:59:00+00",
        0,
        0,
        Map.of(),
        null,
        NOON,
        NOON);
  }
}
