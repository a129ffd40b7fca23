package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.Messages;
import io.deltaferry.message.SyncCompleted;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.table.SyncMode;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunEndTest {
  private static final Topology.Topics TOPICS = Topology.DEFAULT.topics();
  private static final RunId RUN = new RunId("orders", 7);
  private static final RunId NEXT = new RunId("orders", 8);
  private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

  private final MemoryControlStore control = new MemoryControlStore();
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final RecordingLedger ledger = new RecordingLedger();
  private final Journal journal = new Journal(ledger);
  private final RunEnd runEnd =
      new RunEnd(control, publisher, TOPICS, Clock.fixed(NOW, ZoneOffset.UTC), journal);

  @Test
  void theFirstEndIsTheOneThatIsTold() {
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    runEnd.fail(RUN, "a", ErrorCode.COUNTS_DIFFER, "too late");
    SyncCompleted told = new SyncCompleted("orders", 7, SyncOutcome.COMPLETED, 5, "a", null, null);
    assertThat(ends()).containsExactly(told, told);
  }

  @Test
  void aPermanentFailureEndsTheRunInTheNameOfItsRequest() {
    plan(RUN, "a");
    assertThatThrownBy(() -> runEnd.endingOnFailure(RUN, failing(ErrorCode.KEY_DUPLICATED)))
        .isInstanceOf(DeltaferryException.class);
    assertThat(ends())
        .containsExactly(
            new SyncCompleted(
                "orders", 7, SyncOutcome.FAILED, 0, "a", ErrorCode.KEY_DUPLICATED, "why"));
  }

  @Test
  void aPassingFailureLeavesTheRunOpen() {
    assertThatThrownBy(() -> runEnd.endingOnFailure(RUN, failing(ErrorCode.WAREHOUSE_UNAVAILABLE)))
        .isInstanceOf(DeltaferryException.class);
    assertThat(runEnd.of(RUN)).isEmpty();
    assertThat(ends()).isEmpty();
  }

  @Test
  void aRunThatIsGivenUpFails() {
    plan(RUN, "a");
    runEnd.giveUp(RUN, new DeltaferryException(ErrorCode.SOURCE_UNAVAILABLE, "why").givenUp(20));
    assertThat(ends())
        .containsExactly(
            new SyncCompleted(
                "orders",
                7,
                SyncOutcome.FAILED,
                0,
                "a",
                ErrorCode.SOURCE_UNAVAILABLE,
                "why (given up after 20 attempts)"));
  }

  /** What fails on and on may be the telling itself. */
  @Test
  void aRunThatHasItsEndIsNotEvenToldWhenItsEventIsGivenUp() {
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    runEnd.giveUp(RUN, new DeltaferryException(ErrorCode.PUBLISH_FAILED, "why").givenUp(20));
    assertThat(runEnd.of(RUN)).map(EndOfRun::outcome).contains(SyncOutcome.COMPLETED);
    assertThat(ends()).hasSize(1);
  }

  /** The next run begins after all of them were made. */
  @Test
  void ofTheRequestsThatMetTheRunTheFirstAsksForTheNextOne() {
    metAt(2, RUN, "b");
    metAt(1, RUN, "c");
    metAt(0, new RunId("orders", 6), "met another");
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).containsExactly("c");
    journal.flush();
    assertThat(ledger.ids()).containsExactly("orders#7/completed", "orders#-/skipped/b");
  }

  @Test
  void theNextRunsEndIsToldToAllOfThem() {
    metAt(1, RUN, "b");
    metAt(2, RUN, "c");
    metAt(3, RUN, ExtractRequest.tickId(Instant.EPOCH));
    runEnd.end(RUN, "a", SyncOutcome.FAILED, 0);
    control.setNow(NOW.plusSeconds(4));
    plan(NEXT, "b");
    metAt(5, RUN, "made when the next run had begun");
    runEnd.end(NEXT, "b", SyncOutcome.COMPLETED, 7);
    assertThat(ends().stream().filter(end -> end.seq() == NEXT.seq()))
        .extracting(SyncCompleted::requestId, SyncCompleted::outcome, SyncCompleted::rows)
        .containsExactly(
            tuple("b", SyncOutcome.COMPLETED, 7L), tuple("c", SyncOutcome.COMPLETED, 7L));
  }

  /** Whoever began the next run came first, and the one that was released met it. */
  @Test
  void whoWasAnsweredAsksForNothingMore() {
    metAt(1, RUN, "b");
    metAt(1, RUN, "c");
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    control.setNow(NOW.plusSeconds(2));
    plan(NEXT, "from outside");
    metAt(3, NEXT, "b");
    metAt(4, NEXT, "d");
    runEnd.end(NEXT, "from outside", SyncOutcome.COMPLETED, 0);
    assertThat(released()).containsExactly("b", "d");
    assertThat(ends())
        .extracting(SyncCompleted::requestId)
        .containsExactly("a", "from outside", "b", "c");
  }

  /** It would find its answer instead of beginning the run that the others wait for. */
  @Test
  void whoWasAnsweredBeforeDoesNotAskForTheOthers() {
    String tick = ExtractRequest.tickId(Instant.EPOCH);
    metAt(1, RUN, tick);
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    control.setNow(NOW.plusSeconds(2));
    plan(NEXT, "from outside");
    metAt(3, NEXT, tick);
    metAt(4, NEXT, "d");
    runEnd.end(NEXT, "from outside", SyncOutcome.COMPLETED, 0);
    runEnd.end(NEXT, "from outside", SyncOutcome.COMPLETED, 0);
    assertThat(released()).containsExactly(tick, "d", "d");
  }

  /** An end may be told again when the run that follows is under way. */
  @Test
  void nobodyIsReleasedWhenTheNextRunHasBegun() {
    met(RUN, "b");
    met(RUN, "c");
    plan(NEXT, "b");
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).isEmpty();
  }

  /** Or a table whose runs outlast its schedule would owe more runs with every tick. */
  @Test
  void ofSeveralTicksTheNewestStandsForAll() {
    List<String> ticks = threeTicks();
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).containsExactly(ticks.get(2));
    journal.flush();
    assertThat(ledger.ids())
        .containsExactly(
            "orders#7/completed",
            "orders#-/skipped/" + ticks.get(0),
            "orders#-/skipped/" + ticks.get(1));
  }

  @Test
  void aRequestByHandStandsForTicksToo() {
    threeTicks();
    met(RUN, "by hand");
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).containsExactly("by hand");
  }

  @Test
  void theFirstRunOfATableHasNobodyWhoWaitedForIt() {
    RunId first = new RunId("orders", 1);
    plan(first, "a");
    runEnd.end(first, "a", SyncOutcome.COMPLETED, 5);
    assertThat(ends()).extracting(SyncCompleted::requestId).containsExactly("a");
  }

  /** A window is no answer to whoever asked for everything. */
  @Test
  void requestsForOtherThingsHaveRunsOfTheirOwn() {
    metFor(RUN, "usual", SyncMode.INCREMENTAL);
    metFor(RUN, "copy", SyncMode.REPLACE);
    metFor(RUN, "copy too", SyncMode.REPLACE);
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).containsExactly("copy", "usual");
    plan(NEXT, "usual");
    metFor(NEXT, "copy", SyncMode.REPLACE);
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).as("one is at work, the other has met it").hasSize(2);
    runEnd.end(NEXT, "usual", SyncOutcome.COMPLETED, 5);
    assertThat(released()).containsExactly("copy", "usual", "copy");
    RunId third = new RunId("orders", NEXT.seq() + 1);
    planFor(third, "copy", SyncMode.REPLACE);
    runEnd.end(third, "copy", SyncOutcome.COMPLETED, 6);
    assertThat(ends().stream().filter(end -> end.seq() == third.seq()))
        .extracting(SyncCompleted::requestId)
        .containsExactly("copy", "copy too");
  }

  /** Its message was lost with the instance that was to publish it. */
  @Test
  void whatWasNotPublishedIsWhenTheEndIsToldAgain() {
    metFor(RUN, "usual", SyncMode.INCREMENTAL);
    metFor(RUN, "copy", SyncMode.REPLACE);
    plan(NEXT, "usual");
    runEnd.end(RUN, "a", SyncOutcome.COMPLETED, 5);
    assertThat(released()).containsExactly("copy");
  }

  /** A failed run has no row in sync_runs; only this tells of it. */
  @Test
  void theLedgerHasTheEndAndWhy() {
    runEnd.fail(RUN, "a", ErrorCode.COUNTS_DIFFER, "a row is missing");
    journal.flush();
    assertThat(ledger.calls().get(0))
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.id()).isEqualTo("orders#7/failed");
              assertThat(event.requestId()).isEqualTo("a");
              assertThat(event.facts())
                  .containsEntry("error_code", "COUNTS_DIFFER")
                  .containsEntry("error", "a row is missing");
            });
  }

  /** An abandoned run has nobody else who would ever end it. */
  @Test
  void aRunThatWasTakenOverFromReleasesItsRequestsToo() {
    plan(RUN, "a");
    met(RUN, "b");
    met(RUN, "c");
    met(RUN, "taker");
    plan(NEXT, "taker");
    runEnd.supersede(RUN);
    assertThat(runEnd.of(RUN)).map(EndOfRun::outcome).contains(SyncOutcome.SUPERSEDED);
    assertThat(ends()).extracting(SyncCompleted::requestId).containsExactly("a");
    assertThat(released()).containsExactly("b", "c");
    runEnd.end(NEXT, "taker", SyncOutcome.COMPLETED, 5);
    assertThat(ends()).extracting(SyncCompleted::requestId).containsExactly("a", "taker");
  }

  private void plan(RunId run, String requestId) {
    control.create(ObjectNames.plan(run), "{}", Map.of(KnownRun.REQUEST_ID, requestId));
  }

  private void met(RunId run, String requestId) {
    ExtractRequest request = new ExtractRequest("orders", null, requestId);
    control.create(ObjectNames.pending(run, requestId), Messages.encode(request).json(), Map.of());
  }

  private void metFor(RunId run, String requestId, SyncMode mode) {
    ExtractRequest request = new ExtractRequest("orders", mode, requestId);
    control.create(
        ObjectNames.pending(run, requestId),
        Messages.encode(request).json(),
        Map.of(KnownRun.ASKS_FOR, request.asksFor()));
  }

  private void planFor(RunId run, String requestId, SyncMode mode) {
    String asksFor = new ExtractRequest("orders", mode, requestId).asksFor();
    KnownRun.begin(control, run, new KnownRun.Origin(requestId, asksFor, ""), "{}");
  }

  private void metAt(int seconds, RunId run, String requestId) {
    control.setNow(NOW.plusSeconds(seconds));
    met(run, requestId);
  }

  private List<String> threeTicks() {
    List<String> ticks =
        List.of("2026-11-20T10:00:00Z", "2026-11-20T10:01:00Z", "2026-11-20T10:02:00Z").stream()
            .map(tick -> ExtractRequest.tickId(Instant.parse(tick)))
            .toList();
    ticks.forEach(tick -> met(RUN, tick));
    return ticks;
  }

  private List<SyncCompleted> ends() {
    return publisher.texts(TOPICS.syncCompleted()).stream().map(Messages::syncCompleted).toList();
  }

  private List<String> released() {
    return publisher.texts(TOPICS.extractRequests()).stream()
        .map(text -> String.valueOf(Messages.extractRequest(text).requestId()))
        .toList();
  }

  private static Runnable failing(ErrorCode code) {
    return () -> {
      throw new DeltaferryException(code, "why");
    };
  }
}
