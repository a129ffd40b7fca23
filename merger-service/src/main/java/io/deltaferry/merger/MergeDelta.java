package io.deltaferry.merger;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.IncomingEvent;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.plan.TableState;
import io.deltaferry.run.RunId;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.Stage;
import io.deltaferry.service.StagedRun;
import io.deltaferry.service.StagedWork;
import io.deltaferry.sql.LedgerTables;
import io.deltaferry.sql.MergeScript;
import io.deltaferry.sql.Statement;
import io.deltaferry.table.SyncMode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Merges a loaded delta into its target: fence, data and progress in one transaction. */
final class MergeDelta implements Stage {
  private static final Logger log = LoggerFactory.getLogger(MergeDelta.class);

  /** Before an assertion's own text in BigQuery's message. */
  private static final String ASSERTION = "Assertion failed: ";

  private final StagedWork work;
  private final String topic;
  private final Warehouse warehouse;
  private final RunEnd runEnd;
  private final LedgerSchema ledgerSchema;
  private final TargetTables targets;
  private final ReplaceTarget replace;
  private final TryDelta trials;
  private final TellReconciled reconciled;
  private final RenewView views;
  private final String version;

  /**
   * Takes the ports.
   *
   * @param topic of loaded deltas
   */
  MergeDelta(
      StagedWork work,
      String topic,
      Warehouse warehouse,
      RunEnd runEnd,
      LedgerSchema ledgerSchema,
      TargetTables targets,
      TryDelta trials,
      String version) {
    this.work = work;
    this.topic = topic;
    this.warehouse = warehouse;
    this.runEnd = runEnd;
    this.ledgerSchema = ledgerSchema;
    this.targets = targets;
    this.replace = new ReplaceTarget(warehouse, targets, version);
    this.trials = trials;
    this.reconciled = new TellReconciled(warehouse);
    this.views = new RenewView(warehouse);
    this.version = version;
  }

  @Override
  public String name() {
    return "merger";
  }

  @Override
  public void handle(IncomingEvent event) {
    if (!(event instanceof PubSubMessage message)) {
      throw new DeltaferryException(
          ErrorCode.MESSAGE_INVALID,
          "the merger takes messages of loaded deltas, this is an object event; check which topic"
              + " its subscription reads");
    }
    RunId run = runOf(message);
    MDC.put("table", run.table());
    MDC.put("run", Long.toString(run.seq()));
    work.on(run, topic, Messages.encode(Messages.loadedDelta(message.text())), this::merge);
  }

  @Override
  public void giveUp(IncomingEvent event, DeltaferryException failure) {
    if (event instanceof PubSubMessage message) {
      runEnd.giveUp(runOf(message), failure);
    }
  }

  private static RunId runOf(PubSubMessage message) {
    LoadedDelta loaded = Messages.loadedDelta(message.text());
    return new RunId(loaded.table(), loaded.seq());
  }

  private void merge(StagedRun staged) {
    RunPlan plan = staged.plan();
    if (plan.mode() == SyncMode.TEST) {
      runEnd.end(plan.run(), plan.requestId(), SyncOutcome.COMPLETED, trials.run(staged));
      return;
    }
    ledgerSchema.ready(LedgerTables.runs(plan.runsTable()));
    ledgerSchema.ready(LedgerTables.state(plan.stateTable()));
    List<Map<String, @Nullable String>> rows = state(plan);
    if (rows.isEmpty()) {
      warehouse.runScript(staged.jobName("state"), LedgerTables.initialState(plan.stateTable()));
    }
    ledgerSchema.refresh();
    long merged = seq(rows);
    TableState state = tableState(plan, rows);
    boolean open = merged < plan.seq() || ReplaceTarget.isUnderWay(plan, state);
    long now = open ? transact(staged, state) : merged;
    if (now == plan.seq()) {
      reconciled.merged(plan);
      views.of(plan);
      end(staged, SyncOutcome.COMPLETED, staged.manifest().rows());
    } else {
      end(staged, SyncOutcome.SUPERSEDED, 0);
    }
  }

  /** Runs the script; answers the newest merged run, which another instance may have merged. */
  private long transact(StagedRun staged, @Nullable TableState state) {
    RunPlan plan = staged.plan();
    try {
      if (plan.shape().anew()) {
        replace.run(staged, state);
      } else {
        warehouse.runScript(staged.jobName("merge"), script(staged, state));
      }
      return plan.seq();
    } catch (DeltaferryException e) {
      // Another attempt may have committed, or a newer run: the state knows (never retry blindly).
      List<Map<String, @Nullable String>> rows = state(plan);
      long now = seq(rows);
      if (now < plan.seq() || ReplaceTarget.isUnderWay(plan, tableState(plan, rows))) {
        throw assertion(plan, e);
      }
      log.info("the state of {} shows run {} already", plan.table(), now);
      return now;
    }
  }

  private Statement script(StagedRun staged, @Nullable TableState state) {
    RunPlan plan = staged.plan();
    TargetTables.Ready target = targets.ready(plan, staged.jobName("alter"), state);
    if (plan.shape().deletion() != null) {
      // No reader of the view sees a row between its mark and a view that hides it.
      views.of(plan);
    }
    return MergeScript.of(
        plan.merge(target.table(), target.columns(), staged.manifest().isSliced()),
        LedgerRow.of(staged, target, version));
  }

  private static @Nullable TableState tableState(
      RunPlan plan, List<Map<String, @Nullable String>> rows) {
    return rows.isEmpty() ? null : TableState.of(plan.stateTable(), rows.get(0)).orElse(null);
  }

  private List<Map<String, @Nullable String>> state(RunPlan plan) {
    return warehouse.query(LedgerTables.readState(plan.stateTable()));
  }

  /** The newest merged run of the table, or -1 when its state has no row yet. */
  private static long seq(List<Map<String, @Nullable String>> rows) {
    String seq = rows.isEmpty() ? null : rows.get(0).get("seq");
    return seq == null ? -1 : Long.parseLong(seq);
  }

  /** Each assertion of the script begins with the code it means. */
  private DeltaferryException assertion(RunPlan plan, DeltaferryException failure) {
    int start = failure.getMessage().indexOf(ASSERTION);
    if (start < 0) {
      return failure;
    }
    String text = failure.getMessage().substring(start + ASSERTION.length());
    Optional<ErrorCode> code =
        Arrays.stream(ErrorCode.values())
            .filter(candidate -> text.startsWith(candidate.name() + ":"))
            .findFirst();
    return code.map(
            found ->
                new DeltaferryException(
                    found,
                    plan.target()
                        + ", run "
                        + plan.run()
                        + text.substring(found.name().length())
                        + (found == ErrorCode.DELETES_REFUSED ? reconciled.refused(plan) : "")
                        + "; nothing was written",
                    failure))
        .orElse(failure);
  }

  private void end(StagedRun staged, SyncOutcome outcome, long rows) {
    warehouse.drop(staged.plan().temp());
    runEnd.end(staged.plan(), outcome, rows);
  }
}
