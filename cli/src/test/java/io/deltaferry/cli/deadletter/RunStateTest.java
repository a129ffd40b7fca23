package io.deltaferry.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.plan.RunPlan;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.KnownRun;
import io.deltaferry.run.ObjectNames;
import io.deltaferry.run.RunId;
import io.deltaferry.run.RunJson;
import io.deltaferry.testing.MemoryControlStore;
import io.deltaferry.testing.StagedRuns;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RunStateTest {
  private static final RunId RUN = new RunId("orders", 7);
  private static final Content STEP = new Content.Step(RUN, new OutgoingMessage("{}", Map.of()));

  private final MemoryControlStore control = new MemoryControlStore();

  @Test
  void aRunWithoutAnEndIsOpen() {
    RunPlan plan = StagedRuns.write(control, RUN, 5);
    assertThat(RunState.of(control, letter(STEP, 7L)))
        .contains(new RunState(RUN, plan.requestId(), planned(plan), null));
  }

  @Test
  void anEndIsItsOutcome() {
    RunPlan plan = StagedRuns.write(control, RUN, 5);
    end(RUN, SyncOutcome.FAILED);
    assertThat(RunState.of(control, letter(STEP, 7L)))
        .contains(new RunState(RUN, plan.requestId(), planned(plan), SyncOutcome.FAILED));
  }

  @Test
  void aRequestsRunIsTheOneThatBearsItsName() {
    begin(new RunId("orders", 6), "a");
    begin(RUN, "b");
    end(RUN, SyncOutcome.EMPTY);
    assertThat(RunState.of(control, letter(request("a"), null)))
        .map(RunState::run)
        .contains(new RunId("orders", 6));
    assertThat(RunState.of(control, letter(request("b"), null)))
        .map(RunState::outcome)
        .contains(SyncOutcome.EMPTY);
    assertThat(RunState.of(control, letter(request("c"), null))).isEmpty();
  }

  /** A request without a name has no run, and not the one whose object says none. */
  @Test
  void aRequestWhoseNameIsLostHasNoRun() {
    control.create(ObjectNames.plan(RUN), "{}", Map.of());
    assertThat(RunState.of(control, letter(request(null), null))).isEmpty();
  }

  /** A table may have more runs by now than one list call shows. */
  @Test
  void aLetterThatNamesItsRunNeedsNoList() {
    begin(RUN, "another name");
    assertThat(RunState.of(control, letter(request("a"), 7L))).map(RunState::run).contains(RUN);
  }

  /** It may be what has failed. */
  @Test
  void aPlanThatCannotBeReadStillHasItsRequest() {
    KnownRun.begin(control, RUN, KnownRun.Origin.of("a"), "no plan at all");
    assertThat(RunState.of(control, letter(STEP, 7L)))
        .contains(new RunState(RUN, "a", RunState.Planned.NOTHING, null));
  }

  @Test
  void aRunThatIsGoneIsNone() {
    assertThat(RunState.of(control, letter(STEP, 7L))).isEmpty();
    assertThat(RunState.of(control, letter(new Content.Unreadable("why"), 7L))).isEmpty();
  }

  private void begin(RunId run, String requestId) {
    KnownRun.begin(control, run, KnownRun.Origin.of(requestId), "{}");
  }

  private void end(RunId run, SyncOutcome outcome) {
    EndOfRun end = new EndOfRun(run.table(), run.seq(), "x", outcome, 0, null, null, Instant.EPOCH);
    control.create(ObjectNames.end(run), RunJson.write(end), Map.of());
  }

  private static RunState.Planned planned(RunPlan plan) {
    return new RunState.Planned(plan.mode(), plan.asked());
  }

  private static Content request(@Nullable String id) {
    return new Content.Request(new ExtractRequest("orders", null, null), id);
  }

  private static DeadLetter letter(Content content, @Nullable Long run) {
    return new DeadLetter(
        "77",
        Instant.EPOCH,
        "orders",
        run,
        "extractor",
        null,
        null,
        "why",
        content,
        PubsubMessage.getDefaultInstance());
  }
}
