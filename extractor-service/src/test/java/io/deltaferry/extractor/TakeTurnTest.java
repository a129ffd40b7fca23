package io.deltaferry.extractor;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.ControlStore;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.service.Journal;
import io.deltaferry.service.RunEnd;
import io.deltaferry.service.Topology;
import io.deltaferry.testing.ForwardingControlStore;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TakeTurnTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration EXPIRY = Duration.ofHours(1);
  private static final RunId FIRST = new RunId("orders", 1);

  private final MemoryControlStore control = new MemoryControlStore();
  private final RecordingLedger ledger = new RecordingLedger();
  private final Journal journal = new Journal(ledger);
  private int attempts;

  @Test
  void theFirstRequestStartsTheFirstRun() {
    assertThat(take("a")).isEqualTo(new Turn.Start(FIRST, null, null));
  }

  @Test
  void aRedeliveredRequestFindsItsRun() {
    start(FIRST, "a");
    assertThat(take("a")).isInstanceOf(Turn.Continue.class);
    end(FIRST);
    start(new RunId("orders", 2), "b");
    assertThat(take("a"))
        .isInstanceOfSatisfying(
            Turn.Continue.class, known -> assertThat(known.run().id()).isEqualTo(FIRST));
  }

  @Test
  void anEndedRunIsFollowedByTheNext() {
    start(FIRST, "a");
    end(FIRST);
    assertThat(take("b")).isEqualTo(new Turn.Start(new RunId("orders", 2), null, null));
  }

  @Test
  void aRequestThatMeetsALiveRunIsKeptBesideIt() {
    start(FIRST, "a");
    control.setNow(NOON.plus(Duration.ofMinutes(59)));
    assertThat(take("b")).isInstanceOf(Turn.Meet.class);
    assertThat(control.read(ObjectNames.pending(FIRST, "b")))
        .hasValueSatisfying(content -> assertThat(content).contains("\"b\""));
    journal.flush();
    assertThat(ledger.ids()).containsExactly("orders#-/waiting/b");
  }

  /** Whoever acknowledged it will not deliver it again, should the run that it begins fail. */
  @Test
  void aRequestThatComesAgainWhenAnotherRunWasItsAnswerBeginsNone() {
    RunId second = new RunId("orders", 2);
    start(FIRST, "a");
    take("b");
    completed(FIRST, "a");
    start(second, "c");
    assertThat(take("b")).as("the answer is not there yet").isInstanceOf(Turn.Meet.class);
    completed(second, "c");
    assertThat(take("b"))
        .isInstanceOfSatisfying(
            Turn.Continue.class, known -> assertThat(known.run().id()).isEqualTo(second));
    assertThat(take("d")).isInstanceOf(Turn.Start.class);
  }

  /** Its end has released what waited, and does not see who comes after that. */
  @Test
  void anEndThatComesWhileTheRequestIsKeptIsSeen() {
    start(FIRST, "a");
    assertThat(takeWhile("b", () -> end(FIRST)))
        .isEqualTo(new Turn.Start(new RunId("orders", 2), null, null));
  }

  /** Nobody looks beside the ended one any more. */
  @Test
  void aRequestWhoseRunMakesWayForAnotherMeanwhileIsKeptBesideThatOne() {
    RunId second = new RunId("orders", 2);
    start(FIRST, "a");
    Runnable makesWay =
        () -> {
          end(FIRST);
          start(second, "c");
        };
    assertThat(takeWhile("b", makesWay)).isInstanceOf(Turn.Meet.class);
    assertThat(control.read(ObjectNames.pending(second, "b"))).isPresent();
  }

  @Test
  void anAbandonedRunIsTakenOverByTheBucketsClock() {
    start(FIRST, "a");
    control.setNow(NOON.plus(EXPIRY).plusSeconds(1));
    assertThat(take("b"))
        .isEqualTo(new Turn.Start(new RunId("orders", 2), 1L, EXPIRY.plusSeconds(1)));
  }

  /** The object that it left the first time shows a moment at which the run was live. */
  @Test
  void aRequestThatComesAgainTakesOverToo() {
    start(FIRST, "a");
    assertThat(take("b")).isInstanceOf(Turn.Meet.class);
    control.setNow(NOON.plus(EXPIRY).plusSeconds(1));
    assertThat(take("b"))
        .isEqualTo(new Turn.Start(new RunId("orders", 2), 1L, EXPIRY.plusSeconds(1)));
  }

  /** Hours after its plan. */
  @Test
  void aRunThatShowsLifeIsNotTakenOver() {
    start(FIRST, "a");
    for (int n = 1; n <= 12; n++) {
      control.setNow(NOON.plus(EXPIRY.multipliedBy(n).dividedBy(4)));
      assertThat(new Beats(control, FIRST, "0", "").next()).isTrue();
      assertThat(take("b")).isInstanceOf(Turn.Meet.class);
    }
    control.setNow(NOON.plus(EXPIRY.multipliedBy(4)).plusSeconds(1));
    assertThat(take("b"))
        .isEqualTo(new Turn.Start(new RunId("orders", 2), 1L, EXPIRY.plusSeconds(1)));
  }

  @Test
  void aRequestWhoseRunAnotherExecutionWorksOnNeedsNothing() {
    KnownRun.begin(
        control, FIRST, new KnownRun.Origin("a", ExtractRequest.USUAL, "execution-1"), "{}");
    assertThat(take("a", "execution-2")).isInstanceOf(Turn.Held.class);
    assertThat(take("a", "")).isInstanceOf(Turn.Held.class);
    assertThat(take("a", "execution-1")).isInstanceOf(Turn.Continue.class);
    control.setNow(NOON.plus(EXPIRY).plusSeconds(1));
    assertThat(take("a", "execution-2")).isInstanceOf(Turn.Continue.class);
    end(FIRST);
    assertThat(take("a", "execution-1")).isInstanceOf(Turn.Continue.class);
  }

  /** Its message comes again when it dies, and to whoever asks: nobody else would go on. */
  @Test
  void whatAServiceWorksOnIsHeldByNobody() {
    start(FIRST, "a");
    assertThat(take("a", "")).isInstanceOf(Turn.Continue.class);
    assertThat(take("a", "execution-1")).isInstanceOf(Turn.Continue.class);
  }

  @Test
  void otherTablesDoNotMatter() {
    start(new RunId("order", 4), "x");
    assertThat(take("a")).isEqualTo(new Turn.Start(FIRST, null, null));
  }

  /** Something happens just before the request is kept beside the first run. */
  private Turn takeWhile(String requestId, Runnable meanwhile) {
    ControlStore slow =
        new ForwardingControlStore(control) {
          @Override
          public Created create(String name, String content, Map<String, String> metadata) {
            if (name.equals(ObjectNames.pending(FIRST, requestId))) {
              meanwhile.run();
            }
            return super.create(name, content, metadata);
          }
        };
    return take(slow, requestId, "");
  }

  private Turn take(String requestId) {
    return take(requestId, "");
  }

  private Turn take(String requestId, String execution) {
    return take(control, requestId, execution);
  }

  private Turn take(ControlStore store, String requestId, String execution) {
    return new TakeTurn(
            store,
            () -> "attempt-" + ++attempts,
            journal,
            Clock.fixed(NOON, ZoneOffset.UTC),
            execution)
        .take(new ExtractRequest("orders", null, requestId), requestId, EXPIRY);
  }

  private void start(RunId run, String requestId) {
    control.create(ObjectNames.plan(run), "{}", Map.of(KnownRun.REQUEST_ID, requestId));
  }

  private void completed(RunId run, String requestId) {
    new RunEnd(
            control,
            new RecordingPublisher(),
            Topology.DEFAULT.topics(),
            Clock.fixed(NOON, ZoneOffset.UTC),
            journal)
        .end(run, requestId, SyncOutcome.COMPLETED, 5);
  }

  private void end(RunId run) {
    control.create(ObjectNames.end(run), "{}", Map.of());
  }
}
