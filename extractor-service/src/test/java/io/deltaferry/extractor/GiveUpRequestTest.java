package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.error.ErrorKind;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.run.Warehouse;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.Topology;
import io.deltaferry.table.TargetConfig;
import io.deltaferry.testing.FakeWarehouse;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class GiveUpRequestTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC);
  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final ExtractRequest ORDERS = new ExtractRequest("orders", null, null);
  private static final RunId FIRST = new RunId("orders", 1);
  private static final RunId SECOND = new RunId("orders", 2);

  private final MemoryControlStore control = new MemoryControlStore();
  private int attempts;
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final FakeWarehouse warehouse = new FakeWarehouse();
  private final RunEnd runEnd =
      new RunEnd(
          control, publisher, Topology.DEFAULT.topics(), CLOCK, new Journal(new RecordingLedger()));

  @Test
  void aRequestWithoutARunGetsOneThatHasFailed() {
    giveUp("a");
    assertFailed(FIRST, "a");
    giveUp("b");
    assertFailed(SECOND, "b");
    assertThat(KnownRun.of(control, "orders"))
        .extracting(KnownRun::requestId)
        .containsExactly("b", "a");
  }

  @Test
  void itsOwnRunFails() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
    giveUp("a");
    assertFailed(FIRST, "a");
    assertThat(KnownRun.of(control, "orders")).hasSize(1);
  }

  @Test
  void anEndThatWasReachedStays() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("a"), "{}");
    runEnd.end(FIRST, "a", SyncOutcome.COMPLETED, 5);
    giveUp("a");
    assertThat(runEnd.of(FIRST)).map(EndOfRun::outcome).contains(SyncOutcome.COMPLETED);
  }

  /** It was started twice, and the other one is alive. */
  @Test
  void aRunThatAnotherExecutionWorksOnGoesOn() {
    KnownRun.begin(
        control, FIRST, new KnownRun.Origin("a", ExtractRequest.USUAL, "execution-1"), "{}");
    giveUp("a");
    assertThat(runEnd.of(FIRST)).isEmpty();
    control.setNow(CLOCK.instant().plus(EXPIRY).plusSeconds(1));
    giveUp("a");
    assertFailed(FIRST, "a");
  }

  @Test
  void anothersLiveRunIsLeftAlone() {
    KnownRun.begin(control, FIRST, KnownRun.Origin.of("another"), "{}");
    giveUp("a");
    assertThat(runEnd.of(FIRST)).isEmpty();
    assertThat(KnownRun.of(control, "orders")).hasSize(1);
  }

  /** A number below that of the table's state would be superseded ever after. */
  @Test
  void aTableThatNobodyCanNumberGetsNoRun() {
    Warehouse away =
        (Warehouse)
            Proxy.newProxyInstance(
                Warehouse.class.getClassLoader(),
                new Class<?>[] {Warehouse.class},
                (self, method, arguments) -> {
                  throw new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "away");
                });
    request(away).giveUp(ORDERS, "a", EXPIRY, away());
    assertThat(KnownRun.of(control, "orders")).isEmpty();
    assertThat(publisher.texts("sync-completed")).isEmpty();
  }

  /** The instance died between the two objects: what is read again is still no plan. */
  @Test
  void theRefusalItLeavesIsFinal() {
    giveUp("a");
    String name = ObjectNames.plan(FIRST);
    String text = control.read(name).orElseThrow();
    assertThatThrownBy(() -> RunJson.read(name, text, RefusedPlan.class).plan(name, text))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> {
              assertThat(e.code()).isEqualTo(ErrorCode.SOURCE_UNAVAILABLE);
              assertThat(e.kind()).isEqualTo(ErrorKind.PERMANENT);
              assertThat(e.getMessage())
                  .isEqualTo("the database is away (given up after 20 attempts)");
            });
  }

  private void assertFailed(RunId run, String requestId) {
    assertThat(runEnd.of(run))
        .contains(
            new EndOfRun(
                "orders",
                run.seq(),
                requestId,
                SyncOutcome.FAILED,
                0,
                ErrorCode.SOURCE_UNAVAILABLE,
                "the database is away (given up after 20 attempts)",
                CLOCK.instant()));
  }

  private void giveUp(String requestId) {
    request(warehouse).giveUp(ORDERS, requestId, EXPIRY, away());
  }

  private static DeltaferryException away() {
    return new DeltaferryException(ErrorCode.SOURCE_UNAVAILABLE, "the database is away")
        .givenUp(20);
  }

  private GiveUpRequest request(Warehouse numbers) {
    TargetConfig target = new TargetConfig("p", "target", "staging", "control", "US");
    TakeTurn turns =
        new TakeTurn(
            control,
            () -> "attempt-" + ++attempts,
            new Journal(new RecordingLedger()),
            CLOCK,
            "execution-2");
    return new GiveUpRequest(
        control, turns, new PlanRun(target, new Progress(numbers), control, CLOCK), runEnd);
  }
}
