package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.Envelopes;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.testing.RecordingLedger;
import io.deltaferry.testing.RecordingPublisher;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.MDC;

/** What a task of the job exits with, and what it leaves behind. */
class EventTaskTest {
  private static final int ATTEMPTS = 4;
  private static final PubSubMessage MESSAGE =
      new PubSubMessage(
          "77",
          Instant.parse("2026-11-20T09:00:01Z"),
          Map.of("table", "orders"),
          "{\"table\":\"orders\"}",
          null,
          null);

  private final DeltaferryException away =
      new DeltaferryException(ErrorCode.SOURCE_UNAVAILABLE, "the database is away");
  private final RecordingPublisher publisher = new RecordingPublisher();
  private final RecordingLedger ledger = new RecordingLedger();
  private final NoStage stage = new NoStage();

  @Test
  void whatIsDoneIsSettled() {
    assertThat(attempt(1)).isEqualTo(EventTask.SETTLED);
    assertThat(stage.handled).containsExactly(MESSAGE.delivered(1));
    assertThat(letters()).isEmpty();
    assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 1", "4, 0"})
  void whatMayHealIsTriedAgainAsOftenAsThePlatformDoes(int attempt, int code) {
    stage.failure = away;
    assertThat(attempt(attempt)).isEqualTo(code);
    boolean last = code == EventTask.SETTLED;
    assertThat(ledger.ids())
        .containsExactly(
            "orders#7/" + (last ? "dead_lettered" : "retried") + "/extractor/77/" + attempt);
    assertThat(stage.givenUp).hasSize(last ? 1 : 0);
    assertThat(letters()).hasSize(last ? 1 : 0);
  }

  @Test
  void theDeadLetterIsThatOfAService() {
    stage.failure = away;
    attempt(ATTEMPTS);
    assertThat(letters().get(0).text()).isEqualTo(Envelopes.wrap(MESSAGE.delivered(ATTEMPTS)));
    assertThat(letters().get(0).attributes())
        .containsOnly(
            entry("stage", "extractor"),
            entry("error_code", "SOURCE_UNAVAILABLE"),
            entry("error_message", "the database is away (given up after 4 attempts)"),
            entry("attempts", "4"),
            entry("table", "orders"),
            entry("run", "7"));
  }

  @Test
  void whatCanNeverSucceedIsSettledAtOnce() {
    stage.failure = new DeltaferryException(ErrorCode.KEY_MISSING, "no key");
    assertThat(attempt(1)).isEqualTo(EventTask.SETTLED);
    assertThat(stage.givenUp).isEmpty();
    assertThat(letters()).hasSize(1);
  }

  /** A push would be kept by Pub/Sub; nobody keeps what a job was asked. */
  @Test
  void aRunThatCannotEvenBeEndedLosesNoRequest() {
    stage.failure = away;
    stage.failureOfGivingUp =
        new DeltaferryException(ErrorCode.STAGING_UNAVAILABLE, "the bucket is away");
    assertThat(attempt(ATTEMPTS)).isEqualTo(EventTask.SETTLED);
    assertThat(letters()).hasSize(1);
  }

  @Test
  void aTaskWithoutARequestFails() {
    assertThat(task(1).run(Map.of())).isEqualTo(EventTask.FAILED);
    assertThat(stage.handled).isEmpty();
  }

  private int attempt(int number) {
    return task(number).run(new TaskRequest(MESSAGE, Optional.empty()).environment());
  }

  private EventTask task(int attempt) {
    return new EventTask(
        "shop",
        new TaskSettings("shop-extract-abc", attempt, ATTEMPTS, Duration.ofHours(1)),
        stage,
        new DeadLetters(publisher, "dead-letters"),
        new Journal(ledger),
        Clock.fixed(Instant.parse("2026-11-20T12:00:00Z"), ZoneOffset.UTC));
  }

  private List<RecordingPublisher.Message> letters() {
    return publisher.messages("dead-letters");
  }
}
