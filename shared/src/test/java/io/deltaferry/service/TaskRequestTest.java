package io.deltaferry.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.deltaferry.error.DeltaferryException;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.PubSubMessage;
import io.deltaferry.message.TraceContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TaskRequestTest {
  private static final String TRACEPARENT =
      "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  @AfterEach
  void forget() {
    MDC.clear();
  }

  @Test
  void theMessageArrivesAsItCame() {
    TaskRequest request = TaskRequest.of(message(3));
    assertThat(request.trace()).isEmpty();
    assertThat(TaskRequest.read(request.environment())).isEqualTo(request);
    assertThat(TaskRequest.read(request.environment()).message()).isEqualTo(message(null));
    assertThat(request.atAttempt(2)).isEqualTo(message(2));
  }

  @Test
  void theTraceOfThePushGoesOn() {
    Optional<TraceContext> trace = TraceContext.of(Map.of("traceparent", List.of(TRACEPARENT)));
    Marks.set("shop", new NoStage(), trace);
    Map<String, String> environment = TaskRequest.of(message(1)).environment();
    assertThat(environment).containsEntry("TRACEPARENT", TRACEPARENT);
    assertThat(TaskRequest.read(environment).trace()).isEqualTo(trace);
  }

  @Test
  void anExecutionThatNobodyAskedForIsRefused() {
    assertThatThrownBy(() -> TaskRequest.read(Map.of()))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining("DELTAFERRY_MESSAGE is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "{}", "{\"message\":{}}"})
  void whatIsNoMessageIsRefused(String text) {
    assertThatThrownBy(() -> TaskRequest.read(Map.of(TaskRequest.MESSAGE, text)))
        .isInstanceOfSatisfying(
            DeltaferryException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_INVALID));
  }

  private static PubSubMessage message(@Nullable Integer attempt) {
    return new PubSubMessage(
        "77",
        Instant.parse("2026-11-20T09:00:01.123Z"),
        Map.of("trigger", "schedule"),
        "{\"table\":\"Ünï\"}",
        attempt,
        "projects/shop/subscriptions/extract-requests-push");
  }
}
