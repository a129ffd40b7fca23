package io.deltaferry.merger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Journal;
import io.deltaferry.service.LedgerSchema;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.StagedRun;
import io.deltaferry.service.StagedWork;
import io.deltaferry.service.Topology;
import io.deltaferry.sql.Statement;
import io.deltaferry.testing.FakeWarehouse;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import io.deltaferry.testing.StagedRuns;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the merger decides; what its script does is proven end to end. */
class MergeDeltaTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final RunId RUN = new RunId("orders", 7);

  private final MemoryControlStore control = new MemoryControlStore();
  private final FakeWarehouse warehouse = new FakeWarehouse();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final RunEnd runEnd =
      new RunEnd(
          control,
          publisher,
          Topology.DEFAULT.topics(),
          Clock.fixed(NOON, ZoneOffset.UTC),
          new Journal(new RecordingLedger()));
  private final MergeDelta merger =
      new MergeDelta(
          new StagedWork(control, publisher, runEnd, () -> "attempt"),
          Topology.DEFAULT.topics().loadedDeltas(),
          warehouse,
          runEnd,
          new LedgerSchema(warehouse, "shop", "control"),
          new TargetTables(warehouse),
          new TryDelta(warehouse, control),
          "test");

  private final RunPlan plan = StagedRuns.write(control, RUN, 5);

  @Test
  void theTransactionsRowsAreTheEnds() {
    warehouse.showsMerged(6);
    merger.handle(loaded());
    assertThat(warehouse.jobs())
        .containsExactly("df_merge_orders_7_" + StagedRun.read(control, RUN).manifestHash());
    assertThat(warehouse.scripts().get(0).parameters())
        .containsEntry("seq", new Statement.Int64(7L))
        .containsEntry("rows_extracted", new Statement.Int64(5L))
        .containsEntry("bound_reason", new Statement.Text("APPLICATION_STAMPS"))
        .containsEntry("next_low", new Statement.Text(StagedRuns.NEXT_LOW));
    assertEnd(SyncOutcome.COMPLETED, 5);
  }

  /** A corrected stamp may be smaller than the one that the target has. */
  @Test
  void aRunThatTookOverMergesAllThatItHasRead() {
    RunPlan next = StagedRuns.takingOver(StagedRuns.plan(new RunId("orders", 8)), 7);
    StagedRuns.write(control, next, List.of(StagedRuns.receipt(next.run(), "0", 5)));
    warehouse.showsMerged(6);
    merger.handle(loaded(next.run()));
    assertThat(warehouse.scripts().get(0).text())
        .contains("WHEN MATCHED THEN")
        .contains(") = @rows_extracted AS 'COUNTS_DIFFER: rows merged");
  }

  @Test
  void theRowsOfSlicesAreToldApartByTheirSnapshots() {
    RunPlan sliced = StagedRuns.plan(new RunId("orders", 8));
    StagedRuns.write(
        control,
        sliced,
        List.of(
            StagedRuns.receipt(sliced.run(), "0", 5), StagedRuns.receipt(sliced.run(), "1", 5)));
    warehouse.showsMerged(6);
    merger.handle(loaded(sliced.run()));
    assertThat(warehouse.scripts().get(0).text())
        .contains("ORDER BY _df_delta.`_df_snapshot` DESC");
  }

  /** Deliveries are counted, and a merge may take longer than all of them together. */
  @Test
  void aMergeThatOutlastsItsDeliveryIsLeftToAnother() {
    warehouse.showsMerged(6);
    warehouse.refusesScripts(
        new DeltaferryException(ErrorCode.WAREHOUSE_JOB_RUNNING, "runs"), null);
    merger.handle(loaded());
    assertThat(publisher.texts("loaded-deltas")).containsExactly(loaded().text());
    assertThat(control.list(ObjectNames.working(RUN, "attempt"), 1)).hasSize(1);
    assertThat(runEnd.of(RUN)).isEmpty();
  }

  @Test
  void anEndedRunIsToldAndNotMerged() {
    runEnd.end(RUN, "request-7", SyncOutcome.COMPLETED, 5);
    merger.handle(loaded());
    assertThat(publisher.texts("sync-completed")).hasSize(2);
    assertThat(warehouse.jobs()).isEmpty();
  }

  /** The first attempt has made it, and was cut off. */
  @Test
  void aTargetThatTheRunItselfHasMadeIsTaken() {
    warehouse.showsMerged(6);
    new TargetTables(warehouse).ready(plan, "alter", null);
    merger.handle(loaded());
    assertEnd(SyncOutcome.COMPLETED, 5);
  }

  /** The state has the last word: what it shows is not merged a second time. */
  @ParameterizedTest
  @CsvSource({"7, COMPLETED, 5", "8, SUPERSEDED, 0"})
  void aStateThatIsThereAlreadyNeedsNoTransaction(long seq, SyncOutcome outcome, long rows) {
    warehouse.showsMerged(seq);
    merger.handle(loaded());
    assertThat(warehouse.jobs()).isEmpty();
    assertEnd(outcome, rows);
  }

  /** Its answer was lost, or another attempt was faster: the failure alone proves nothing. */
  @ParameterizedTest
  @CsvSource({"7, COMPLETED, 5", "8, SUPERSEDED, 0"})
  void aTransactionThatFailedIsJudgedByTheState(long seq, SyncOutcome outcome, long rows) {
    warehouse.showsMerged(6);
    warehouse.refusesScripts(failure("Assertion failed: SUPERSEDED: the state is newer"), seq);
    merger.handle(loaded());
    assertEnd(outcome, rows);
  }

  @ParameterizedTest
  @CsvSource({
    "Query error: Assertion failed: KEY_DUPLICATED: a key stands twice at [17:1], KEY_DUPLICATED",
    "Assertion failed: COUNTS_DIFFER: rows merged are not the rows extracted, COUNTS_DIFFER",
    "Assertion failed: SOMETHING_ELSE: of a newer build, WAREHOUSE_REFUSED",
    "Could not cast literal, WAREHOUSE_REFUSED",
  })
  void anAssertionMeansTheCodeItBeginsWith(String message, ErrorCode code) {
    warehouse.showsMerged(6);
    warehouse.refusesScripts(failure(message), null);
    assertThatThrownBy(() -> merger.handle(loaded()))
        .isInstanceOfSatisfying(
            DeltaferryException.class, e -> assertThat(e.code()).isEqualTo(code));
    assertThat(runEnd.of(RUN)).map(EndOfRun::code).contains(code);
  }

  @Test
  void aPassingFailureLeavesTheRunOpen() {
    warehouse.showsMerged(6);
    warehouse.refusesScripts(
        new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "try again"), null);
    assertThatThrownBy(() -> merger.handle(loaded())).isInstanceOf(DeltaferryException.class);
    assertThat(runEnd.of(RUN)).isEmpty();
  }

  @Test
  void aDeltaThatIsGivenUpEndsItsRun() {
    merger.giveUp(
        loaded(), new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "why").givenUp(20));
    assertThat(runEnd.of(RUN)).map(EndOfRun::message).contains("why (given up after 20 attempts)");
  }

  @Test
  void aTargetOfTheSameNameThatAnotherRunMadeIsRefused() {
    warehouse.showsMerged(6);
    new TargetTables(warehouse).ready(StagedRuns.plan(new RunId("orders", 6)), "alter", null);
    assertThatThrownBy(() -> merger.handle(loaded()))
        .hasMessageContaining("was created by someone else after orders#7 was planned");
    assertThat(warehouse.jobs()).isEmpty();
  }

  /** What an increment would leave in a new table is the increment. */
  @ParameterizedTest
  @CsvSource({"false, was dropped", "true, was created by someone else"})
  void aTargetThatIsNotTheOneOfThePlanIsRefused(boolean another, String words) {
    RunPlan of = StagedRuns.into(StagedRuns.plan(new RunId("orders", 8)), NOON);
    StagedRuns.write(control, of, List.of(StagedRuns.receipt(of.run(), "0", 5)));
    warehouse.showsMerged(7);
    if (another) {
      new TargetTables(warehouse).ready(plan, "alter", null);
    }
    assertThatThrownBy(() -> merger.handle(loaded(of.run()))).hasMessageContaining(words);
    assertThat(warehouse.has(of.target())).isEqualTo(another);
    assertThat(warehouse.jobs()).isEmpty();
    assertThat(runEnd.of(of.run())).map(EndOfRun::code).contains(ErrorCode.TARGET_CHANGED);
  }

  private void assertEnd(SyncOutcome outcome, long rows) {
    @Nullable EndOfRun end = runEnd.of(RUN).orElse(null);
    assertThat(end)
        .isEqualTo(new EndOfRun("orders", 7, "request-7", outcome, rows, null, null, NOON));
    assertThat(warehouse.has(plan.temp())).as("the temp table is left").isFalse();
  }

  private static DeltaferryException failure(String message) {
    return new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, message);
  }

  private PubSubMessage loaded() {
    return loaded(RUN);
  }

  private static PubSubMessage loaded(RunId run) {
    String text =
        Messages.encode(
                new LoadedDelta("orders", run.seq(), ObjectNames.manifest(run), "orders__temp"))
            .json();
    return new PubSubMessage("1", NOON, Map.of(), text, null, null);
  }
}
