package io.deltaferry.cli.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.pubsub.v1.PubsubMessage;
import io.deltaferry.message.ExtractRequest;
import io.deltaferry.message.LoadedDelta;
import io.deltaferry.message.Messages;
import io.deltaferry.message.OutgoingMessage;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.RunId;
import io.deltaferry.table.SyncMode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class ReplayTest {
  private static final RunId RUN = new RunId("orders", 7);
  private static final OutgoingMessage LOADED =
      Messages.encode(new LoadedDelta("orders", 7, "manifests/orders/7.json", "orders__7"));
  private static final Content STEP = new Content.Step(RUN, LOADED);

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "cli-1, cli-1-replay-77",
        "tick-1763629200, tick-1763629200-replay-77",
        "-, replay-77",
      })
  void aRequestWithoutARunIsAskedForUnderItsOwnAndTheLettersName(
      @Nullable String first, String again) {
    assertThat(Replay.of(letter("extractor", request(first)), null, null))
        .isEqualTo(asks(again, "requested again as " + again));
  }

  @Test
  void aRequestWhoseRunHasFailedIsAskedForAgain() {
    assertThat(
            Replay.of(
                letter("extractor", request("cli-1")), run("cli-1", SyncOutcome.FAILED), null))
        .isEqualTo(asks("cli-1-replay-77", "requested again as cli-1-replay-77"));
  }

  /** Its first message may have named it by its id or its time alone, which a new one has not. */
  @Test
  void aRequestWhoseRunHasNoEndGoesOnUnderTheSameName() {
    assertThat(Replay.of(letter("extractor", request("message-5")), run("message-5", null), null))
        .isEqualTo(asks("message-5", "run orders#7 goes on"));
  }

  @Test
  void aStepOfARunWithoutAnEndIsPublishedAsItWas() {
    assertThat(Replay.of(letter("merger", STEP), run("cli-1", null), null))
        .isEqualTo(new Replay.Publish("merger", "orders", "cli-1", LOADED, "run orders#7 goes on"));
  }

  /** The later services know no table file. */
  @Test
  void evenWhenItsTableIsNoLongerKept() {
    assertThat(Replay.of(letter("merger", STEP), run("cli-1", null), "no table 'orders'"))
        .isInstanceOf(Replay.Publish.class);
  }

  @Test
  void aRunThatFailedLaterIsAskedForInTheNameOfItsRequest() {
    assertThat(Replay.of(letter("loader", STEP), run("cli-1", SyncOutcome.FAILED), null))
        .isEqualTo(asks("cli-1-replay-77", "requested again as cli-1-replay-77"));
  }

  @Test
  void aRunThatIsGoneIsAskedForToo() {
    assertThat(Replay.of(letter("loader", STEP), null, null))
        .isEqualTo(
            new Replay.Publish(
                "extractor",
                "orders",
                "replay-77",
                Messages.encode(new ExtractRequest("orders", null, "replay-77")),
                "requested again as replay-77"));
  }

  @ParameterizedTest
  @EnumSource(value = SyncOutcome.class, names = "FAILED", mode = Mode.EXCLUDE)
  void whatHasComeToAGoodEndNeedsNothing(SyncOutcome outcome) {
    Replay done = new Replay.Done("nothing to do: run orders#7 is " + outcome.word());
    assertThat(Replay.of(letter("merger", STEP), run("cli-1", outcome), null)).isEqualTo(done);
    assertThat(Replay.of(letter("extractor", request("cli-1")), run("cli-1", outcome), null))
        .isEqualTo(done);
  }

  @Test
  void aTableThatIsNotKeptIsNotAskedFor() {
    assertThat(Replay.of(letter("extractor", request("cli-1")), null, "no table 'orders'; add it"))
        .isEqualTo(new Replay.Refused("no table 'orders'; add it, or drop it"));
  }

  @Test
  void whatNobodyUnderstandsIsNotReplayed() {
    assertThat(
            Replay.of(letter("extractor", new Content.Unreadable("it is malformed")), null, null))
        .isEqualTo(
            new Replay.Refused(
                "no service will ever understand it: it is malformed. Mend what sends it, then"
                    + " drop it"));
  }

  /** Somebody may have died before the letter was taken out, and nothing has changed since. */
  @Test
  void replayingTwiceIsTheSameRequest() {
    DeadLetter letter = letter("merger", STEP);
    RunState failed = run("cli-1", SyncOutcome.FAILED);
    assertThat(Replay.of(letter, failed, null)).isEqualTo(Replay.of(letter, failed, null));
  }

  private static Replay asks(String id, String what) {
    return new Replay.Publish(
        "extractor",
        "orders",
        id,
        Messages.encode(new ExtractRequest("orders", SyncMode.INCREMENTAL, id)),
        what);
  }

  private static Content request(@Nullable String id) {
    return new Content.Request(new ExtractRequest("orders", SyncMode.INCREMENTAL, null), id);
  }

  private static RunState run(String requestId, @Nullable SyncOutcome outcome) {
    return new RunState(RUN, requestId, new RunState.Planned(SyncMode.INCREMENTAL, null), outcome);
  }

  private static DeadLetter letter(String stage, Content content) {
    return new DeadLetter(
        "77",
        Instant.EPOCH,
        "orders",
        null,
        stage,
        "KEY_MISSING",
        1L,
        "no key",
        content,
        PubsubMessage.getDefaultInstance());
  }
}
