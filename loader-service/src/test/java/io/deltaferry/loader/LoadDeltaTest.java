package io.deltaferry.loader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.ObjectFinalized;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.ServiceSettings;
import io.deltaferry.service.StagedRun;
import io.deltaferry.service.StagedWork;
import io.deltaferry.testing.FakeWarehouse;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import io.deltaferry.testing.StagedRuns;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the loader decides; what it loads is proven end to end. */
class LoadDeltaTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOON, ZoneOffset.UTC);
  private static final RunId RUN = new RunId("orders", 7);
  private static final ServiceSettings SETTINGS =
      ServiceSettings.from(
          Map.of(
              ServiceSettings.PROJECT,
              "shop",
              ServiceSettings.BUCKET,
              "shop-staging",
              ServiceSettings.CONTROL_DATASET,
              "control"));

  private final MemoryControlStore control = new MemoryControlStore();
  private final FakeWarehouse warehouse = new FakeWarehouse();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final RecordingLedger ledger = new RecordingLedger();
  private final Journal journal = new Journal(ledger);
  private final RunEnd runEnd = new RunEnd(control, publisher, SETTINGS.topics(), CLOCK, journal);
  private final LoadDelta loader =
      new LoadDelta(
          new StagedWork(control, publisher, runEnd, () -> "attempt"),
          control,
          warehouse,
          publisher,
          runEnd,
          journal,
          SETTINGS,
          CLOCK);

  @Test
  void aLoadedDeltaIsToldEachTimeItIsAskedFor() {
    RunPlan plan = StagedRuns.write(control, RUN, 5);
    warehouse.loadsRows(5);
    loader.handle(event("shop-staging", ObjectNames.manifest(RUN)));
    loader.handle(event("shop-staging", ObjectNames.manifest(RUN)));
    LoadedDelta told = new LoadedDelta("orders", 7, ObjectNames.manifest(RUN), plan.temp().table());
    assertThat(publisher.texts("loaded-deltas"))
        .map(Messages::loadedDelta)
        .containsExactly(told, told);
    assertThat(warehouse.jobs()).hasSize(2).containsOnly(warehouse.jobs().get(0));
  }

  /** Whoever came back from the dead has parts too, on a path of its own. */
  @Test
  void onlyWhatTheManifestNamesIsLoaded() {
    StagedRuns.write(control, RUN, 5);
    control.create(ObjectNames.partsPrefix(RUN, "0", "zombie") + "00000", "rows", Map.of());
    warehouse.loadsRows(5);
    loader.handle(event("shop-staging", ObjectNames.manifest(RUN)));
    assertThat(warehouse.loaded()).containsExactly("gs://shop-staging/" + StagedRuns.part(RUN));
    assertThat(warehouse.jobs())
        .containsExactly("df_load_orders_7_" + StagedRun.read(control, RUN).manifestHash());
  }

  @Test
  void aManifestOfAnotherPlanIsNotLoaded() {
    StagedRuns.write(control, RUN, 5);
    String planText = control.read(ObjectNames.plan(RUN)).orElseThrow();
    control.delete(ObjectNames.plan(RUN));
    control.create(ObjectNames.plan(RUN), planText + " ", Map.of());
    assertRefused(ErrorCode.STAGING_CORRUPT, "belongs to another plan");
    assertThat(warehouse.jobs()).isEmpty();
  }

  /** Deliveries are counted, and a load may take longer than all of them together. */
  @Test
  void aLoadThatOutlastsItsDeliveryIsLeftToAnother() {
    StagedRuns.write(control, RUN, 5);
    warehouse.refusesLoads(new DeltaferryException(ErrorCode.WAREHOUSE_JOB_RUNNING, "runs"));
    loader.handle(event("shop-staging", ObjectNames.manifest(RUN)));
    assertThat(publisher.texts("staged-deltas"))
        .singleElement()
        .satisfies(told -> assertThat(told).contains(ObjectNames.manifest(RUN)));
    assertThat(control.list(ObjectNames.working(RUN, "attempt"), 1)).hasSize(1);
    assertThat(runEnd.of(RUN)).isEmpty();
    assertThat(publisher.texts("loaded-deltas")).isEmpty();
  }

  /** The next run must not find rows that nobody counted. */
  @Test
  void aLoadThatLostRowsEndsTheRunAndLeavesNoTempTable() {
    RunPlan plan = StagedRuns.write(control, RUN, 5);
    warehouse.loadsRows(4);
    assertThatThrownBy(() -> loader.handle(event("shop-staging", ObjectNames.manifest(RUN))))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining(
            "orders#7 counts 5 rows, the load of " + StagedRuns.part(RUN) + " wrote 4");
    assertThat(runEnd.of(RUN))
        .hasValueSatisfying(end -> assertThat(end.code()).isEqualTo(ErrorCode.COUNTS_DIFFER))
        .map(EndOfRun::requestId)
        .contains(plan.requestId());
    assertThat(warehouse.has(plan.temp())).isFalse();
    assertThat(publisher.texts("loaded-deltas")).isEmpty();
  }

  /** It would be tried again for an hour, and nothing would come of it. */
  @Test
  void aLoadThatFailsForWantOfAPartNamesIt() {
    StagedRuns.write(control, RUN, 5);
    control.delete(StagedRuns.part(RUN));
    warehouse.refusesLoads(
        new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "Not found: URI"));
    assertRefused(ErrorCode.STAGING_CORRUPT, StagedRuns.part(RUN) + " is missing");
  }

  @Test
  void aLoadOfAnotherPartThanWasStagedNamesIt() {
    StagedRuns.write(control, RUN, 5);
    control.delete(StagedRuns.part(RUN));
    control.create(StagedRuns.part(RUN), "more rows", Map.of());
    warehouse.loadsRows(6);
    assertRefused(
        ErrorCode.STAGING_CORRUPT, StagedRuns.part(RUN) + " has 9 bytes, and 4 were staged");
  }

  @Test
  void aLoadThatFailsOfSoundPartsFailsForItsOwnReason() {
    StagedRuns.write(control, RUN, 5);
    warehouse.refusesLoads(
        new DeltaferryException(ErrorCode.WAREHOUSE_REFUSED, "line 3: no number"));
    assertRefused(ErrorCode.WAREHOUSE_REFUSED, "line 3: no number");
  }

  private void assertRefused(ErrorCode code, String words) {
    assertThatThrownBy(() -> loader.handle(event("shop-staging", ObjectNames.manifest(RUN))))
        .isInstanceOfSatisfying(
            DeltaferryException.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(words);
    assertThat(runEnd.of(RUN)).map(EndOfRun::code).contains(code);
    assertThat(publisher.texts("loaded-deltas")).isEmpty();
  }

  @Test
  void anEndedRunIsToldAndNotLoaded() {
    StagedRuns.write(control, RUN, 5);
    runEnd.end(RUN, "request-7", SyncOutcome.COMPLETED, 5);
    loader.handle(event("shop-staging", ObjectNames.manifest(RUN)));
    assertThat(publisher.texts("sync-completed")).hasSize(2);
    assertThat(warehouse.jobs()).isEmpty();
  }

  @Test
  void aManifestThatIsGivenUpEndsItsRun() {
    StagedRuns.write(control, RUN, 5);
    DeltaferryException failure =
        new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "why").givenUp(20);
    loader.giveUp(event("another-bucket", ObjectNames.manifest(RUN)), failure);
    assertThat(runEnd.of(RUN)).isEmpty();
    loader.giveUp(event("shop-staging", ObjectNames.manifest(RUN)), failure);
    assertThat(runEnd.of(RUN)).map(EndOfRun::code).contains(ErrorCode.WAREHOUSE_UNAVAILABLE);
  }

  @Test
  void otherObjectsAreNoWork() {
    StagedRuns.write(control, RUN, 5);
    loader.handle(event("shop-staging", ObjectNames.plan(RUN)));
    loader.handle(event("another-bucket", ObjectNames.manifest(RUN)));
    assertThat(warehouse.jobs()).isEmpty();
  }

  @Test
  void aPlainMessageIsRefusedWithWhatToDo() {
    PubSubMessage message = new PubSubMessage("1", NOON, Map.of(), "{}", null, null);
    assertThatThrownBy(() -> loader.handle(message))
        .isInstanceOf(DeltaferryException.class)
        .hasMessageContaining("check which topic its subscription reads");
  }

  private static ObjectFinalized event(String bucket, String object) {
    return new ObjectFinalized("1", bucket, object, 1, 1, NOON, null);
  }
}
