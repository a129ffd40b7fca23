package io.deltaferry.service;

import io.deltaferry.bound.BoundReason;
import io.deltaferry.error.ErrorCode;
import io.deltaferry.message.SyncOutcome;
import io.deltaferry.run.EndOfRun;
import io.deltaferry.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.MDC;

/** Logs each event, with all that can be known and with as little as possible. */
final class EveryLogEvent {
  private EveryLogEvent() {}

  /** Run by {@link LogEventsTest}. */
  public static void main(String[] arguments) {
    MDC.put("stage", "extractor");
    MDC.put("table", "orders");
    MDC.put("run", "8");
    LogEvents.deltaExtracted(1_000, 20_000, 2);
    LogEvents.valuesChanged(new TreeMap<>(Map.of("a", 1L, "b", 2L)));
    LogEvents.boundPinned(4711, Duration.ofMinutes(5));
    LogEvents.columnsQuarantined("orders", List.of("ssn"));
    LogEvents.excludedRemains(List.of("card"), "ALTER TABLE ..");
    LogEvents.boundUnknown(BoundReason.SESSIONS_HIDDEN);
    LogEvents.runAbandoned(new RunId("orders", 6), Duration.ofHours(2));
    LogEvents.runEnded(
        end(SyncOutcome.FAILED, ErrorCode.KEY_DUPLICATED), new EndFacts(30L, 4_000L, 3L));
    LogEvents.runEnded(
        new EndOfRun("orders", 7, "r", SyncOutcome.EMPTY, 0, null, null, Instant.EPOCH),
        new EndFacts(null, null, null));
    LogEvents.deadLetter(ErrorCode.KEY_DUPLICATED, 20);
    LogEvents.deadLetter(ErrorCode.MESSAGE_INVALID, null);
    LogEvents.eventHandled(
        new Answer(Answer.Result.RETRIED, ErrorCode.SOURCE_UNAVAILABLE, 3),
        Duration.ofMillis(1_500));
    LogEvents.eventHandled(new Answer(Answer.Result.DONE, null, null), Duration.ofMillis(2));
  }

  private static EndOfRun end(SyncOutcome outcome, ErrorCode code) {
    return new EndOfRun("orders", 7, "r", outcome, 0, code, "why", Instant.EPOCH);
  }
}
