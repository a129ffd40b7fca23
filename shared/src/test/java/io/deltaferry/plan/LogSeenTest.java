package io.deltaferry.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.deltaferry.bound.Activity;
import io.deltaferry.bound.CursorOrigin;
import io.deltaferry.bound.CursorRead;
import io.deltaferry.bound.LogLook;
import io.deltaferry.bound.Look;
import io.deltaferry.plan.LowWatermark.Reason;
import io.deltaferry.run.RunJson;
import io.deltaferry.type.CursorKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From which entry of a log a run reads, and when it must not go by the log. */
class LogSeenTest {
  private static final Instant MADE = Instant.parse("2026-11-21T00:00:00Z");
  private static final Map<Long, Long> FILES = Map.of(1L, 10L, 2L, 20L);

  /** The last run saw entries from 5 on, read up to 100, and goes on at 90. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "5, 100, 100, STATE, as it was",
        "5, 200, 200, STATE, more entries",
        "1, 200, 200, STATE, a late one before all others",
        "90, 200, 200, STATE, pruned up to what was read",
        "91, 200, 200, STATE, up to the last one that was read",
        "92, 200, 200, LOG_PRUNED, one further",
        "200, 200, 200, LOG_PRUNED, far further",
        "-, -, 90, LOG_REPLACED, numbers went back",
        "-, -, 100, LOG_PRUNED, empty and perhaps some were never read",
        "-, -, -, LOG_PRUNED, empty and nobody knows",
        "5, 99, -, LOG_REPLACED, its newest entry is older than one that was read",
        "5, 99, 100, STATE, its newest entry was taken out again",
        "1, 3, 3, LOG_REPLACED, numbered anew"
      })
  void whatMayBeMissing(
      @Nullable String oldest,
      @Nullable String newest,
      @Nullable String taken,
      Reason expected,
      String why) {
    LowWatermark low = low("90", new LogSeen("5", FILES), look(oldest, newest, taken, FILES));
    assertThat(low.reason()).as(why).isEqualTo(expected);
    assertThat(low.low()).isEqualTo(expected == Reason.STATE ? "90" : null);
  }

  @Test
  void anEmptyLogAtRestIsComplete() {
    assertThat(low("100", new LogSeen("101", FILES), look(null, null, "100", FILES)).reason())
        .isEqualTo(Reason.STATE);
    assertThat(LogSeen.of(look(null, null, "100", FILES)).oldest()).isEqualTo("101");
    assertThat(LogSeen.of(look("7", "9", "100", FILES)).oldest()).isEqualTo("7");
    assertThat(LogSeen.of(look(null, null, null, FILES)).oldest()).isNull();
  }

  @Test
  void anotherFileIsAnotherLog() {
    LogSeen seen = new LogSeen("5", FILES);
    assertThat(low("90", seen, look("5", "200", "200", Map.of(1L, 11L, 2L, 20L))).reason())
        .as("truncated or rewritten")
        .isEqualTo(Reason.LOG_REPLACED);
    assertThat(low("90", seen, look("5", "200", "200", Map.of(3L, 30L))).reason())
        .as("made anew")
        .isEqualTo(Reason.LOG_REPLACED);
    assertThat(low("90", seen, look("5", "200", "200", Map.of(2L, 20L, 3L, 30L))).reason())
        .as("partitions come and go")
        .isEqualTo(Reason.STATE);
    assertThat(low("90", new LogSeen("5", Map.of()), look("5", "200", "200", FILES)).reason())
        .as("a log without files, such as a foreign table")
        .isEqualTo(Reason.STATE);
  }

  @Test
  void withoutAStateEverythingIsRead() {
    LogLook now = look("5", "200", "200", FILES);
    TableState state = state("90", new LogSeen("5", FILES), "same");
    assertThat(LowWatermark.ofLog(null, true, state, "same", now).reason())
        .isEqualTo(Reason.NO_TARGET);
    assertThat(LowWatermark.ofLog(MADE, true, state, "same", now).reason())
        .isEqualTo(Reason.EMPTY_TARGET);
    assertThat(LowWatermark.ofLog(MADE, false, null, "same", now).reason())
        .isEqualTo(Reason.NO_WATERMARK);
    assertThat(LowWatermark.ofLog(MADE.plusSeconds(1), false, state, "same", now).reason())
        .isEqualTo(Reason.TARGET_REPLACED);
    assertThat(LowWatermark.ofLog(MADE, false, state, "other", now).reason())
        .isEqualTo(Reason.DEFINITION_CHANGED);
    assertThat(
            LowWatermark.ofLog(
                    MADE, false, state("2026-11-21 00:00:00+00", null, "same"), "same", now)
                .reason())
        .as("the watermark of a cursor")
        .isEqualTo(Reason.DEFINITION_CHANGED);
    assertThat(LowWatermark.ofLog(MADE, false, state("90", null, "same"), "same", now).reason())
        .isEqualTo(Reason.NO_WATERMARK);
  }

  /** It lies in the state with the rest of the history, of which older builds know nothing. */
  @Test
  void theHistoryKeepsIt() {
    BoundHistory history = BoundHistory.NONE.remembering(new LogSeen("5", FILES));
    assertThat(RunJson.read("bounds", RunJson.write(history), BoundHistory.class))
        .isEqualTo(history);
    assertThat(
            RunJson.read("bounds", "{\"at\":null,\"xmin\":null,\"reads\":[]}", BoundHistory.class))
        .isEqualTo(BoundHistory.NONE);
    assertThat(history.forgetReads().log()).as("of another definition").isNull();
  }

  private static LowWatermark low(String nextLow, LogSeen seen, LogLook now) {
    return LowWatermark.ofLog(MADE, false, state(nextLow, seen, "same"), "same", now);
  }

  private static TableState state(String nextLow, @Nullable LogSeen seen, String definition) {
    BoundHistory bounds = seen == null ? BoundHistory.NONE : BoundHistory.NONE.remembering(seen);
    return new TableState(7, nextLow, definition, null, null, "100", bounds, MADE, null, null);
  }

  private static LogLook look(
      @Nullable String oldest,
      @Nullable String newest,
      @Nullable String taken,
      Map<Long, Long> files) {
    return new LogLook(
        oldest,
        taken,
        files,
        new Look(
            new CursorRead(CursorKind.BIGINT, CursorOrigin.SEQUENCE, newest),
            new Activity(MADE, List.of(), 0, "1", null)));
  }
}
