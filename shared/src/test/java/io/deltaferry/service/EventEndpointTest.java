package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.run.SyncEvent;
import io.deltaferry.run.SyncEvent.Kind;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered to Pub/Sub, and what is kept, when a stage fails. */
class EventEndpointTest {
  private static final int ATTEMPTS = 20;
  private final DeltaferryException away =
      new DeltaferryException(ErrorCode.SOURCE_UNAVAILABLE, "the database is away");

  private final RecordingPublisher publisher = new RecordingPublisher();
  private final NoStage stage = new NoStage();
  private final RecordingLedger ledger = new RecordingLedger();
  private final Journal journal = new Journal(ledger);
  private final EventEndpoint endpoint =
      new EventEndpoint(
          "shop",
          stage,
          new HandleEvent(
              stage,
              new DeadLetters(publisher, "dead-letters"),
              new LastDelivery(ATTEMPTS),
              journal,
              Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC)));

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {"1, 503", "19, 503", "-, 503", "20, 200", "21, 200"})
  void whatMayHealIsFinalOnTheLastDelivery(@Nullable Integer attempt, int status) {
    stage.failure = away;
    assertThat(deliver(message(attempt))).isEqualTo(status);
    boolean last = status == 200;
    assertThat(stage.givenUp).hasSize(last ? 1 : 0);
    assertThat(letters()).hasSize(last ? 1 : 0);
  }

  @Test
  void theDeadLetterSaysEverything() {
    stage.failure = away;
    deliver(message(20));
    RecordingPublisher.Message letter = letters().get(0);
    assertThat(letter.text()).isEqualTo(Envelopes.wrap(message(20)));
    assertThat(letter.attributes())
        .containsOnly(
            entry("stage", "extractor"),
            entry("error_code", "SOURCE_UNAVAILABLE"),
            entry("error_message", "the database is away (given up after 20 attempts)"),
            entry("attempts", "20"),
            entry("table", "orders"),
            entry("run", "7"));
    assertThat(stage.givenUp.get(0).getMessage())
        .isEqualTo("the database is away (given up after 20 attempts)");
  }

  /** Pub/Sub takes the event away itself then; no letter of ours must say that all is told. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void whatCannotEvenBeGivenUpIsLeftToPubSub(boolean known) {
    stage.failure = away;
    stage.failureOfGivingUp =
        known
            ? new DeltaferryException(ErrorCode.STAGING_UNAVAILABLE, "the bucket is away")
            : new IllegalStateException("a fault");
    assertThat(deliver(message(20))).isEqualTo(503);
    assertThat(letters()).isEmpty();
  }

  @Test
  void aFaultOfOurOwnIsGivenUpTooAndSaysNothingOfWhatItMet() {
    stage.failure = new IllegalStateException("a row's value");
    assertThat(deliver(message(19))).isEqualTo(503);
    assertThat(deliver(message(20))).isEqualTo(200);
    assertThat(letters())
        .singleElement()
        .satisfies(
            letter ->
                assertThat(letter.attributes())
                    .containsEntry("error_code", "INTERNAL")
                    .containsEntry(
                        "error_message",
                        "unexpected failure; the log has its stack trace"
                            + " (given up after 20 attempts)"));
  }

  /** The stage has ended its run by itself. */
  @Test
  void whatCanNeverSucceedIsRefusedAtOnce() {
    stage.failure = new DeltaferryException(ErrorCode.KEY_MISSING, "no key");
    assertThat(deliver(message(1))).isEqualTo(200);
    assertThat(stage.givenUp).isEmpty();
    assertThat(letters().get(0).attributes())
        .containsEntry("attempts", "1")
        .containsEntry("error_message", "no key");
  }

  @Test
  void whatHoldsNoEventIsKeptAsItCame() {
    assertThat(deliver(new HttpCall(Map.of(), "hello"))).isEqualTo(200);
    assertThat(letters().get(0).text()).isEqualTo("hello");
    assertThat(letters().get(0).attributes())
        .containsOnlyKeys("stage", "error_code", "error_message")
        .containsEntry("error_code", "MESSAGE_INVALID");
  }

  /** Its id, time and attributes lie in headers, which a dead letter does not have. */
  @Test
  void anUnwrappedPushIsKeptInAnEnvelope() {
    stage.failure = away;
    deliver(
        new HttpCall(
            Map.of(
                "x-goog-pubsub-message-id", "77",
                "x-goog-pubsub-publish-time", "2026-11-20T09:00:01Z",
                "x-goog-pubsub-delivery-attempt", "20",
                "trigger", "schedule"),
            "{\"table\":\"orders\"}"));
    assertThat(Envelopes.decode(Map.of(), letters().get(0).text().getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(
            new PubSubMessage(
                "77",
                Instant.parse("2026-11-20T09:00:01Z"),
                Map.of("trigger", "schedule"),
                "{\"table\":\"orders\"}",
                20,
                null));
  }

  @Test
  void aReasonIsCutToWholeCharactersOfAnAttribute() {
    stage.failure = new DeltaferryException(ErrorCode.NAME_INVALID, "列".repeat(1_000));
    deliver(message(1));
    assertThat(letters().get(0).attributes()).containsEntry("error_message", "列".repeat(341));
  }

  @Test
  void theLedgerHasEachAttemptAndItsEnd() {
    stage.failure = away;
    deliver(message(3));
    deliver(message(3));
    deliver(message(20));
    assertThat(ledger.ids())
        .containsExactly(
            "orders#7/retried/extractor/77/3",
            "orders#7/retried/extractor/77/3",
            "orders#7/dead_lettered/extractor/77/20");
    assertThat(ledger.calls().get(0).get(0).facts())
        .containsEntry("error_code", "SOURCE_UNAVAILABLE")
        .containsEntry("error", "the database is away")
        .containsEntry("delivery_attempt", 3L);
  }

  /** Or a run that failed while the ledger was away would be open in the report for ever. */
  @ParameterizedTest
  @CsvSource({"false, 1, 503", "false, 20, 204", "true, 1, 503", "true, 20, 200"})
  void anEventIsDoneWhenTheLedgerHasIt(boolean failing, int attempt, int status) {
    ledger.fails(new DeltaferryException(ErrorCode.WAREHOUSE_UNAVAILABLE, "no ledger"));
    stage.failure = failing ? new DeltaferryException(ErrorCode.KEY_MISSING, "no key") : null;
    SyncEvent loaded = new SyncEvent(Kind.LOADED, "", Instant.EPOCH, "orders", 7L, "r", Map.of());
    stage.work = () -> journal.record(loaded);
    assertThat(deliver(message(attempt))).isEqualTo(status);
    ledger.fails(null);
    stage.failure = null;
    assertThat(deliver(message(2))).isEqualTo(204);
    assertThat(ledger.ids()).contains("orders#7/loaded");
  }

  private List<RecordingPublisher.Message> letters() {
    return publisher.messages("dead-letters");
  }

  private int deliver(PubSubMessage message) {
    return deliver(new HttpCall(Map.of(), Envelopes.wrap(message)));
  }

  private int deliver(HttpCall call) {
    try {
      endpoint.service(call.request(), call.response());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return call.status();
  }

  private static PubSubMessage message(@Nullable Integer attempt) {
    return new PubSubMessage(
        "77",
        Instant.parse("2026-11-20T09:00:01Z"),
        Map.of("table", "orders"),
        "{\"table\":\"orders\"}",
        attempt,
        "projects/shop/subscriptions/extract-requests-push");
  }
}
